// The calendar in motion: drag, keys, selection, dialogs. Without it the calendar is read, filtered and edited by its forms.
import "./selection.js";
import "./drag.js";
import "./keys.js";
import "./dialogs.js";
import "./shortcuts.js";
import "./bar.js";
