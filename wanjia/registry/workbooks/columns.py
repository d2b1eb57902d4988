"""Spellings that the register's workbooks and others about people share, and the columns that say where a row lies."""

from wanjia.sheets.template import Column

from .kinds import TOWNSHIP, VILLAGE

TOWNSHIP_OF = Column("乡镇(街道)", TOWNSHIP, ("乡镇", "乡(镇)", "乡镇街道", "街道", "镇", "乡", "所属乡镇", "所在乡镇", "乡(镇、街道)", "镇(街道)", "户籍乡镇"))
VILLAGE_NAMES = ("村", "社区", "村名", "村社区", "村/社区", "村、社区", "所在村", "所属村", "行政村", "村委会", "村(居)", "村居", "村(居)委会", "所在村(社区)", "所属村(社区)", "行政村(社区)", "村(社区)名称", "户籍村")
PHONE_NAMES = ("手机", "电话", "联系电话", "手机号码", "电话号码", "联系方式", "联系手机", "移动电话", "本人电话", "联系人电话", "户主电话", "家庭电话", "家庭联系电话")
ID_NAMES = ("身份证", "身份证号码", "公民身份号码", "公民身份证号", "公民身份证号码", "居民身份证号", "居民身份证号码", "证件号", "证件号码", "身份号码", "身份证件号码", "身份证件号", "成员身份证号", "成员身份证号码", "证件号码(身份证)")
IN_VILLAGE = Column("村(社区)", VILLAGE, VILLAGE_NAMES, required=True)
# Whose cells may stand beside those of the row's own person under one header.
OTHERS = ("父亲", "母亲", "父", "母", "监护人", "户主", "配偶", "联系人", "子女", "学生", "经办人")
