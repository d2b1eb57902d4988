"""Messages to units outside the house (消息通道): by apprise to WeCom, DingTalk, Feishu and mail, in working hours, once, with a number and a link."""
