// Every page: menus, forms that are under way, toasts, posts beside the page, and what others change.
import "../htmx.js";
import "../menus.js";
import "../busy.js";
import "../toasts.js";
import "../drawer.js";
import "../parts.js";
import "../live.js";
