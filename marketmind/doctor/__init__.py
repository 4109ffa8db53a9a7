"""What is wrong with this installation, and how to mend it."""

from marketmind.doctor.examination import examine
from marketmind.doctor.findings import Finding, Mark

__all__ = ["Finding", "Mark", "examine"]
