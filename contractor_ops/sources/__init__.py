"""Where rows come from: one file per kind of source. Everything here returns raw grids (`ports.Workbook`) and understands none of them."""
