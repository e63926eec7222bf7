"""The second verifier, resources/verify_bundle.py."""
