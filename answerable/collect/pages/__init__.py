"""Web pages that are watched for change: the text of the article, politely."""
