// First steps: the reader's own time zone is offered.
import "./plain.js";
import "../own-zone.js";
