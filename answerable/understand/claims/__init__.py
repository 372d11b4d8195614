"""Claims: found in what people say, ranked, and met with what was answered before."""
