// Problems: what is chosen is told.
import "./plain.js";
import "../choose.js";
