"""Notices: what went wrong is gathered from the ledger, told after a minute, and carried to where people want it."""

from publishing.services.notices.bag import NoticeBag
from publishing.services.notices.desk import look
from publishing.services.notices.reading import mark_seen, notices_of, unread
from publishing.services.notices.targets import delete_target, save_target, send_test

__all__ = ["NoticeBag", "delete_target", "look", "mark_seen", "notices_of", "save_target", "send_test", "unread"]
