// The calendar in motion: drag, keys, selection, dialogs. Without it the calendar is read, filtered and edited by its forms.
import "./plain.js";
import "../calendar/week.js";
import "../calendar/selection.js";
import "../calendar/drag.js";
import "../calendar/keys.js";
import "../calendar/dialogs.js";
import "../calendar/shortcuts.js";
import "../calendar/bar.js";
