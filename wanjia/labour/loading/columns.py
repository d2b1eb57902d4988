"""What those columns of a file are called of which the loader knows more than a kind."""

HOME, NAME, NUMBER, PHONE, VILLAGE, TOWNSHIP = "户编号", "姓名", "身份证号", "手机号", "村(社区)", "乡镇(街道)"
ONE_BY_ONE = (HOME, NAME, NUMBER, PHONE)  # as good as every row has its own; all others say one of few words
