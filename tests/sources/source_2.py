"""The JSON of source 2, as it shows it."""

REQUEST = """
{
  "clip_id": "clip_abc123",
  "platform": "instagram",
  "social_account_id": "acc_xyz789",
  "scheduled_for": "2025-01-15T20:00:00Z",
  "scheduled_window_end": "2025-01-15T22:00:00Z",
  "scheduled_by": "manual"
}
"""
ADJUSTED = """
{
  "publish_log_id": "log_def456",
  "status": "scheduled",
  "reason": "Adjusted 5min forward to respect 60min gap",
  "scheduled_for": "2025-01-15T20:05:00Z",
  "scheduled_window_end": "2025-01-15T22:00:00Z"
}
"""
REJECTED = """
{
  "publish_log_id": "",
  "status": "rejected",
  "reason": "Clip not found: clip_abc123"
}
"""
LISTED = """
[
  {
    "id": "log_def456",
    "clip_id": "clip_abc123",
    "platform": "instagram",
    "social_account_id": "acc_xyz789",
    "status": "scheduled",
    "schedule_type": "scheduled",
    "scheduled_for": "2025-01-15T20:05:00Z",
    "scheduled_window_end": "2025-01-15T22:00:00Z",
    "scheduled_by": "manual",
    "created_at": "2025-01-14T10:00:00Z",
    "updated_at": "2025-01-14T10:00:00Z"
  }
]
"""
CREATED_EVENT = """
{
  "event_type": "publish_scheduled_created",
  "entity_type": "publish_log",
  "entity_id": "log_def456",
  "metadata": {
    "clip_id": "clip_abc123",
    "platform": "instagram",
    "social_account_id": "acc_xyz789",
    "scheduled_for": "2025-01-15T20:00:00Z",
    "scheduled_window_end": "2025-01-15T22:00:00Z",
    "scheduled_by": "manual",
    "status": "scheduled"
  }
}
"""
ADJUSTED_EVENT = """
{
  "event_type": "publish_scheduled_adjusted",
  "entity_type": "publish_log",
  "entity_id": "log_def456",
  "metadata": {
    "clip_id": "clip_abc123",
    "platform": "instagram",
    "original_time": "2025-01-15T20:00:00Z",
    "adjusted_time": "2025-01-15T20:05:00Z",
    "reason": "Adjusted 60min forward to respect minimum gap"
  }
}
"""
ENQUEUED_EVENT = """
{
  "event_type": "publish_scheduled_enqueued",
  "entity_type": "publish_log",
  "entity_id": "log_def456",
  "metadata": {
    "clip_id": "clip_abc123",
    "platform": "instagram",
    "social_account_id": "acc_xyz789",
    "scheduled_for": "2025-01-15T20:05:00Z",
    "enqueued_at": "2025-01-15T20:05:00Z"
  }
}
"""
