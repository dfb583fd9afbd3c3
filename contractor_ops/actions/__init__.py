"""One file per thing a step can do. Each takes bundles of decisions that share one doing, and writes what became of it into them."""
