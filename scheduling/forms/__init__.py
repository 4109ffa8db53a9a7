"""Shapes of what people type on the pages; the rules of it are the services'."""

from scheduling.forms.fields import ClockField, DayField, PageForm, TextField
from scheduling.forms.times import (
    ConfirmForm,
    NearestForm,
    NewPostForm,
    PauseForm,
    RequeueForm,
    SkipForm,
    WhenForm,
)
from scheduling.forms.words import CommentForm, EditForm, FillForm, NewWordsForm, TrayForm, WordsForm

__all__ = [
    "ClockField",
    "CommentForm",
    "ConfirmForm",
    "DayField",
    "EditForm",
    "FillForm",
    "NearestForm",
    "NewPostForm",
    "NewWordsForm",
    "PageForm",
    "PauseForm",
    "RequeueForm",
    "SkipForm",
    "TextField",
    "TrayForm",
    "WhenForm",
    "WordsForm",
]
