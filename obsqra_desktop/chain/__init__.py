"""The Starknet node: the only place that reaches the network."""
