"""Asking factories by sheet, taking their answers back, and comparing what they offer like with like."""
