// A page on which a post is written.
import "./plain.js";
import "../compose.js";
import "../unsaved.js";
import "../upload.js";
