// The queue: its order by drag and by keys.
import "./plain.js";
import "../queue.js";
import "../queue-keys.js";
