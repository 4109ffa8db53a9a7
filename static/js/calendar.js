// The calendar beyond its links: the week opens at its first post or at work's beginning, and now moves on.
import "./calendar/week.js";
