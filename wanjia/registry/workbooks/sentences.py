"""What the kinds and rules of the register say of a row, code by code: (Chinese, English). How a sentence is made: `sheets.codes`."""

IDS = {
    "id.missing": ("没有身份证号。确实没有的孩子,请在备注写明原因(如未上户);其他人请补填。", "No citizen number. For a child without one, state the reason in the remarks; otherwise fill it in."),
    "id.bad_char": ("身份证号{detail},请核对证件重新填写。", "The citizen number holds a wrong character ({detail}). Please copy it from the card."),
    "id.length": ("身份证号是 {detail} 位,应为 18 位,请核对。", "The citizen number has {detail} characters instead of 18."),
    "id.region": ("身份证号前六位 {detail} 从来不是行政区划代码,请核对证件。", "The first six digits {detail} never were an area code."),
    "id.date": ("身份证号里的出生日期 {detail} 不存在,请核对。", "The day of birth {detail} in the citizen number does not exist."),
    "id.future": ("身份证号里的出生日期 {detail} 还没到,请核对。", "The day of birth {detail} in the citizen number lies in the future."),
    "id.too_old": ("身份证号里的出生日期 {detail} 超过 120 年,请核对。", "The day of birth {detail} in the citizen number is over 120 years ago."),
    "id.checksum": ("身份证号的校验位不对,可能抄错了一位,请核对后再导入。", "The check digit of the citizen number is wrong; a digit was miscopied."),
    "id.scientific": ("身份证号变成了科学记数 {detail},后几位已丢失。请把这一列设为“文本”再从原系统导出。", "The citizen number became {detail} and lost its last digits. Format the column as text and export again."),
    "id.precision_lost": ("号码按数字存放,最后几位已经丢失(变成 0)。请把这一列设为“文本”重新填写。", "Stored as a number, it lost its last digits. Format the column as text and enter it again."),
    "id.sex_mismatch": ("性别和身份证号对不上(号码是{detail}),请核对。", "The sex does not fit the citizen number."),
    "id.birth_mismatch": ("出生日期和身份证号对不上(号码是 {detail}),请核对。", "The birth date does not fit the citizen number ({detail})."),
    "warn.id.normalised": ("身份证号已整理成半角大写,请核对。", "The citizen number was put into half-width capitals."),
    "warn.id.upgraded15": ("15 位旧号已换成 18 位,请核对。", "The old 15-digit number was turned into 18 digits. Please confirm."),
    "warn.id.region_abolished": ("身份证号前六位 {detail} 是已不用的旧区划代码。旧号终身有效,照常导入。", "Area code {detail} is no longer in use; old numbers stay valid for life, and it is imported."),
    "warn.id.region_renamed": ("身份证号前六位是本地一个县区从前的区划代码(如 5321 开头)。旧号终身有效,照常导入;表里其他这样的号不再逐行提示。", "This number begins with the former area code of a county nearby (5321…, for example); old numbers stay valid for life, and it is imported. Other such numbers of this table are taken without a remark."),
    "warn.id.absent_child": ("孩子暂无身份证号,已按备注的原因收下,落户后请补录。", "A child without a number was taken with the stated reason; please add it later."),
}

BIRTHS = {  # a day of birth beside the number
    "warn.date.from_number": ("只写了年月,已按身份证号补成 {detail},请核对。", "Only year and month were given; completed from the citizen number as {detail}. Please check."),
}

NAMES = {
    "name.missing": ("没有姓名,请补填。", "No name. Please fill it in."),
    "name.too_long": ("姓名超过 {detail} 个字,请核对。", "The name is longer than {detail} characters."),
    "name.bad_char": ("姓名里有不该有的符号({detail}),请按证件填写。", "The name holds a sign that names never have ({detail})."),
    "name.lost_chars": ("姓名里有字变成了“{detail}”,原系统丢了字,请按证件补上。", "A character of the name was lost ({detail}). Please restore it from the card."),
    "name.masked": ("姓名被打了码,请换成未脱敏的名单。", "The name is masked. Please use the unmasked list."),
    "name.private_use": ("姓名里有自造字({detail}),别的电脑认不出,请按证件换成标准字。", "The name holds a home-made character ({detail}) that no other computer knows."),
    "warn.name.dot_normalised": ("姓名里的间隔点已统一为“·”。", "The dot in the name was made uniform."),
    "warn.name.space": ("姓名里的空格已去掉。", "Blanks in the name were removed."),
    "warn.name.mark": ("姓名前后多余的符号已去掉,读作“{detail}”。", "Marks around the name were taken off; it was read as {detail}."),
    "warn.name.pua_mapped": ("姓名里的旧编码字已换成标准字“{detail}”,请核对。", "An old private code in the name was replaced by {detail}."),
    "warn.name.compat": ("姓名里的兼容字已换成标准字“{detail}”,请核对。", "A compatibility character in the name was replaced by {detail}."),
    "warn.name.one_char": ("姓名只有一个字,请确认。", "The name has one character only. Please confirm."),
    "warn.name.not_han": ("姓名里没有汉字,请确认。", "The name has no Han character. Please confirm."),
    "warn.name.mixed_script": ("姓名里汉字和字母混在一起,请确认。", "The name mixes Han characters and letters. Please confirm."),
}

PHONES = {
    "phone.invalid": ("电话号码不对,请填一个手机号,或带区号的座机。", "Not a phone number. Please give one mobile number, or a landline with its area code."),
    "phone.scientific": ("电话号码变成了科学记数,后几位已丢失,请设为“文本”重新导出。", "The phone number became scientific notation. Format as text and export again."),
    "warn.phone.normalised": ("电话号码已整理为 {detail}。", "The phone number was written as {detail}."),
}

ACCOUNTS = {
    "account.luhn": ("银行账号校验不对,请照存折或卡片核对。", "The account number fails its check digit. Please copy it again."),
    "account.scientific": ("银行账号变成了科学记数或按数字存放,后几位已丢失,请设为“文本”重新填写。", "The account number lost its last digits. Format as text and enter it again."),
    "warn.account.normalised": ("银行账号已整理成半角数字,请另一人核对。", "The account number was put into plain digits. Please have a second person check it."),
}

AMOUNTS = {
    "amount.invalid": ("金额看不懂,请用阿拉伯数字;逗号只能每三位一个(1,200),小数用点号。", "The amount cannot be read. Please use digits; a comma may only group three of them (1,200)."),
    "amount.precision": ("金额最多到分(两位小数),请核对。", "An amount has at most two decimals."),
    "amount.range": ("金额应当大于 0 且在合理范围内,请核对。", "The amount is out of range."),
    "amount.over_cap": ("金额超过这个项目的上限 {detail} 元,请核对。", "The amount is over the scheme's cap of {detail} yuan."),
}

PERIODS = {
    "subsidy.dup_in_file": ("和第 {detail} 行是同一人、同一项目、同一期间,不能重复发放。", "The same person, scheme and period as row {detail}."),
    "subsidy.period_overlap": ("所属期间和第 {detail} 行重叠,不能重复发放。", "The period overlaps that of row {detail}."),
    "subsidy.period_format": ("所属期间应为整年,如“2023”。", "The period must be a whole year such as 2023."),
}

VILLAGES = {
    "village.unknown": ("认不出这个村(社区),请按行政区划名称填写;重名时请补上乡镇。", "Village not known. Please use its official name, with the township where names repeat."),
    "scope.village_not_yours": ("“{detail}”不在您的辖区,请由当地导入。", "{detail} is outside your area. Please leave it to the office there."),
    "warn.village.normalised": ("村名已统一为“{detail}”。", "The village was read as {detail}."),
}

HOMES = {
    "household.missing": ("没有户编号,请补填;空格不会自动沿用上一行。", "No household number. Blank cells do not inherit the row above."),
    "household.no_head": ("户 {detail} 没有户主,请补一位户主。", "Household {detail} has no head."),
    "household.two_heads": ("户 {detail},一户只能有一位户主,请核对。", "Household {detail}: there can be only one head."),
    "scope.household_not_yours": ("户编号 {detail} 登记在您的辖区之外,请核对编号,或由当地导入。", "Household number {detail} is registered outside your area. Please check it, or leave it to the office there."),
}

DOUBLES = {
    "dup.in_file": ("和第 {detail} 行是同一个人,请只留一行。", "The same person as in row {detail}."),
    "dup.same_id_other_name": ("和第 {detail} 行身份证号相同、姓名不同,请核对是谁的号码。", "The same citizen number as row {detail} under another name."),
}
