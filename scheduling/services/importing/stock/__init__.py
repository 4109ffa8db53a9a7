"""What posts are made of, as rows of files: content, campaigns and brands, out and back in."""

from scheduling.services.importing.stock.base import Stock
from scheduling.services.importing.stock.brands import Brands
from scheduling.services.importing.stock.campaigns import Campaigns
from scheduling.services.importing.stock.contents import Contents
from scheduling.services.importing.stock.service import import_stock

STOCKS: dict[str, type[Stock]] = {"content": Contents, "campaigns": Campaigns, "brands": Brands}

__all__ = ["STOCKS", "Stock", "import_stock"]
