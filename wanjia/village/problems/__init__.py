"""Problems of the village (C23): from the first word through item, decision or rule to what was felt of it, on one page."""
