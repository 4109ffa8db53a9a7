"""How static files are named when they are collected."""

from django.contrib.staticfiles.storage import HashedFilesMixin
from whitenoise.storage import CompressedManifestStaticFilesStorage

_ANY_SCRIPT, IMPORTS = HashedFilesMixin._js_module_import_aggregation_patterns


class Modules(CompressedManifestStaticFilesStorage):
    """Files under names that tell their content, by which our modules also import each other.

    Else a module that a page names and another imports would be two modules, and everything that it does happen twice.
    Vendored scripts are left as they are: they import nothing, or what only their own build has.
    """

    support_js_module_import_aggregation = True
    _js_module_import_aggregation_patterns = ("js/*.js", IMPORTS)
