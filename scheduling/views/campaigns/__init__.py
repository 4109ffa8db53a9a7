"""Pages of campaigns: how far each is, its posts by week, and the link under which a client reads its plan."""
