"""Every verdict of the import contract with its sentence: what is wrong or was changed, and what to do.

`{detail}` stands for the small fact that makes the sentence useful. A code that begins with `warn.` lets the row in.
"""

SENTENCES = {
    # the file
    "file.empty": ("文件里没有内容,请确认选对了文件。", "The file has no content. Please check that it is the right one."),
    "file.too_large": ("文件超过 {detail} MB,请按乡镇或按村拆成几份再导入。", "The file is over {detail} MB. Please split it by township or village."),
    "file.encoding_unknown": ("看不出文件用的是哪种文字编码,请在 Excel 或 WPS 里另存为 .xlsx 再导入。", "The text encoding cannot be told. Please save as .xlsx and try again."),
    "file.encoding_bad_byte": ("第 {detail} 行有坏掉的字节,文字可能已经损坏,请从原系统重新导出。", "Line {detail} holds a damaged byte. Please export the file again."),
    "file.encoding_mixed": ("第 {detail} 行起换了文字编码,像是两个文件拼在一起,请分开另存为 .xlsx 再导入。", "From line {detail} the encoding changes, as if two files were joined. Please save them apart as .xlsx."),
    "file.truncated": ("文件在最后一个字的中间断了,可能没有传完,请重新导出或重新上传。", "The file ends in the middle of a character. Please export or upload it again."),
    "file.control_chars": ("第 {detail} 行有看不见的控制字符,请另存为 .xlsx 再导入。", "Line {detail} holds invisible control characters. Please save as .xlsx."),
    "file.csv_quote": ("第 {detail} 行的双引号没有成对,后面的内容会串行,请检查这一行。", "The quotes on line {detail} do not pair up. Please check that line."),
    "file.html_as_xls": ("这是网页改名的表格,不是真正的 Excel。请用 Excel 或 WPS 打开,选“另存为 .xlsx”再导入。", "This is a web page renamed to a spreadsheet. Please open it in Excel or WPS and save as .xlsx."),
    "file.old_format": ("这是旧格式或其他软件的表格({detail}),请用 Excel 或 WPS 另存为 .xlsx 再导入。", "This is an old or foreign spreadsheet format ({detail}). Please save as .xlsx."),
    "file.not_spreadsheet": ("这不是表格文件({detail}),请上传 .xlsx 或 .csv。", "This is not a spreadsheet ({detail}). Please upload .xlsx or .csv."),
    "file.type_mismatch": ("文件内容是 {detail},和文件名的后缀对不上,请改好后缀或另存为 .xlsx 再导入。", "The content is {detail}, which does not fit the name. Please save as .xlsx."),
    "file.encrypted": ("文件设了密码,请取消密码保护后再导入。", "The file has a password. Please remove it first."),
    "file.macro": ("文件带有宏,为安全起见不读取,请另存为不带宏的 .xlsx。", "The file carries macros and was not read. Please save as .xlsx without macros."),
    "file.corrupt_zip": ("文件不完整,可能没有传完,请重新上传。", "The file is incomplete. Please upload it again."),
    "file.corrupt_xlsx": ("表格文件已损坏,读不下去。请用 Excel 或 WPS 打开后另存为新的 .xlsx 再导入。", "The workbook is damaged. Please open it in Excel or WPS and save it anew as .xlsx."),
    "file.xml_dtd": ("文件里夹带了外部定义,为安全起见不读取,请另存为新的 .xlsx。", "The file carries document type definitions and was not read. Please save it anew as .xlsx."),
    "file.zip_ratio": ("文件展开后异常庞大,为安全起见不读取,请把数据复制到新表格再导入。", "The file would swell out of measure and was not read. Please copy the data into a new workbook."),
    "file.zip_entries": ("文件里的部件太多,不像普通表格,请把数据复制到新表格再导入。", "The file has too many parts for a workbook. Please copy the data into a new one."),
    "file.zip_path": ("文件里夹带了不该有的路径,为安全起见不读取。请用 Excel 或 WPS 打开,另存为新的 .xlsx 再导入。", "The file carries paths that a workbook never has; it was not read. Please open it in Excel or WPS and save it anew as .xlsx."),
    "file.too_many_rows": ("超过 {detail} 行,网页一次收不下,请按乡镇拆成几份。", "More than {detail} rows: please split the file by township."),
    "file.too_many_columns": ("超过 {detail} 列,请只留模板里的列再导入。", "More than {detail} columns: please keep only the template's."),
    "file.header_unknown": ("找不到表头,请对照模板检查列名,或确认没有选错模板。", "No header row was found. Please compare with the template, or check that the right one was chosen."),
    "file.column_missing": ("缺少“{detail}”,请补上这一列再导入。", "Missing column: {detail}. Please add it."),
    "file.column_twice": ("“{detail}”这一列出现了两次,请删掉或改名其中一列。", "Column {detail} appears twice. Please remove or rename one."),
    "file.no_rows": ("只有表头,没有数据行。", "There is a header but no data row."),
    "file.sheet_ambiguous": ("有几个工作表都像是数据({detail}),请告诉我们导入哪一个。", "Several sheets look like data ({detail}). Please say which one to import."),
    "warn.file.external_parts_ignored": ("文件里有指向外部的链接或嵌入对象,没有读取,也没有联网。", "Links to outside sources or embedded objects were ignored; no connection was opened."),
    "warn.file.pictures_ignored": ("文件里有图片,图片上的内容没有读取;要紧的请用文字写进表里。", "The file holds pictures; what they show is not read. Please write down what matters."),
    "warn.sheet.hidden_ignored": ("隐藏的工作表“{detail}”没有读取,里面若有别人的信息请先删除再发送。", "The hidden sheet {detail} was not read. Please delete it before sending if it holds other people's data."),
    "warn.sheet.chosen": ("文件里有几个工作表,这次只读了“{detail}”。", "Of several sheets only {detail} was read."),
    "warn.sheet.stray_cell": ("离表格很远的 {detail} 里有零星内容,没有读取;如果是要用的内容,请挪到表里。", "A stray cell far from the table was not read: {detail}. Please move it into the table if it matters."),
    "warn.column.not_imported": ("“{detail}”不在模板里,没有保存。", "Not in the template, and therefore not stored: {detail}."),
    # the row
    "row.too_few_cells": ("这一行没有填“{detail}”,请补齐。", "This row lacks {detail}. Please fill it in."),
    "row.too_many_cells": ("这一行比表头多出内容,可能多了逗号而串列,请检查。", "This row has more cells than the header; a stray comma may have shifted it."),
    "row.unopened": ("这一行在系统里存的内容打不开,没有导入,请把原表里的这一行另存一份再上传。", "What was kept of this row does not open; it was not imported. Please send this row of your sheet again."),
    "warn.row.hidden": ("这一行是隐藏或被筛选掉的,仍然导入了,请确认。", "This row is hidden or filtered out; it is imported all the same. Please confirm."),
    "warn.row.after_gap": ("这一行在空行之后,也导入了,请确认不是草稿。", "This row stands after a gap of empty rows and is imported. Please confirm that it is not scratch."),
    "warn.row.footer_skipped": ("这一行是合计、签名或重复的表头,没有当作数据导入。", "A total, a signature or a repeated header: not imported as data."),
    "warn.row.no_known_column": ("这一行只有模板之外的内容,没有导入。", "This row holds only content outside the template; not imported."),
    # the cell
    "cell.bool": ("这里不该是“是/否”(TRUE/FALSE),请填写真实的内容。", "TRUE or FALSE cannot stand here. Please enter the real content."),
    "cell.error_value": ("单元格是错误值 {detail},请改好公式或直接填数。", "The cell shows the error {detail}. Please mend it."),
    "cell.formula_no_value": ("公式没有算出的结果,请用 Excel 或 WPS 打开保存一次再导入。", "The formula has no stored result. Please open, save and upload again."),
    "cell.formula_in_identity": ("这一列不收公式,请复制后“粘贴为数值”。", "No formula is taken in this column. Please paste as values."),
    "cell.too_long": ("内容超过 {detail} 个字,请缩短或另附材料。", "Longer than {detail} characters. Please shorten it."),
    "cell.picture": ("这一格放的是图片,图片不能读取,请把图上的内容用文字写出来。", "This cell holds a picture, which cannot be read. Please write down what it shows."),
    "cell.became_date": ("这一格被表格软件改成了日期({detail}),原来填的已经丢失。请把这一列设为“文本”重新填写。", "The program turned this cell into the date {detail}. Format the column as text and enter it again."),
    "warn.cell.picture": ("这一格放的是图片,图片没有读取也没有保存;要紧的请用文字写出来。", "This cell holds a picture; it was neither read nor kept. Please write down what matters."),
    "word.unknown": ("不认识“{first}”,请改成其中一个:{rest}。", "The word {first} is not known. Please use one of: {rest}."),
    "warn.word.read_as": ("按“{detail}”登记,请核对。", "Read as {detail}. Please check."),
    "warn.unit.unknown": ("没有找到“{detail}”这个单位:牵头的先由乡镇受理单位负责,原来的名称保留在诉求里。请核对单位名称。", "No unit of the name {detail}: the township's desk holds the need meanwhile and the name is kept. Please check it."),
    "warn.household.unknown": ("本村没有户编号 {detail} 的家庭户,诉求照常登记,编号保留在诉求里。", "The village has no household numbered {detail}; the need is kept, the number with it."),
    "warn.cell.formula_value": ("这一格是公式,取的是上次保存的结果,请核对。", "A formula: its last stored result was taken. Please check."),
    # the citizen number
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
    "warn.id.absent_child": ("孩子暂无身份证号,已按备注的原因收下,落户后请补录。", "A child without a number was taken with the stated reason; please add it later."),
    # the name
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
    # dates, numbers, phones, accounts
    "date.invalid": ("日期看不懂或不存在,请写成 2010-03-05 这样。", "Not a day of the calendar. Please write it like 2010-03-05."),
    "date.ambiguous": ("日期可以有两种读法,请写成四位年份的 2010-03-05 这样。", "The date can be read in two ways. Please write it like 2010-03-05."),
    "date.no_year": ("日期没有写年份,请写成 2010-03-05 这样。", "The date has no year. Please write it like 2010-03-05."),
    "date.no_day": ("日期没有写全,少了“日”,请写成 2010-03-05 这样。", "The day is missing from the date. Please write it like 2010-03-05."),
    "date.lunar": ("这是农历日期,请换成公历。", "This is a lunar date. Please give the solar one."),
    "date.future": ("日期在今天之后,请核对。", "The date lies in the future."),
    "warn.date.normalised": ("日期已整理为 {detail}。", "The date was written as {detail}."),
    "warn.date.serial": ("日期存成了数字,按 {detail} 读取,请核对。", "The date was stored as a number and read as {detail}. Please check."),
    "warn.date.from_number": ("只写了年月,已按身份证号补成 {detail},请核对。", "Only year and month were given; completed from the citizen number as {detail}. Please check."),
    "number.invalid": ("应当填数字,请用阿拉伯数字;逗号只能每三位一个(1,200),小数用点号。", "A number was expected. Please use digits; a comma may only group three of them (1,200)."),
    "number.range": ("数目超出合理范围,请核对。", "The number is out of range."),
    "warn.number.normalised": ("数目已整理为 {detail}。", "The number was read as {detail}."),
    "warn.number.two": ("数目按 {detail} 读取;如果本来是两个数,请分成两行。", "Read as {detail}. If two numbers were meant, please put them into two rows."),
    "phone.invalid": ("电话号码不对,请填一个手机号,或带区号的座机。", "Not a phone number. Please give one mobile number, or a landline with its area code."),
    "phone.scientific": ("电话号码变成了科学记数,后几位已丢失,请设为“文本”重新导出。", "The phone number became scientific notation. Format as text and export again."),
    "warn.phone.normalised": ("电话号码已整理为 {detail}。", "The phone number was written as {detail}."),
    "account.luhn": ("银行账号校验不对,请照存折或卡片核对。", "The account number fails its check digit. Please copy it again."),
    "account.scientific": ("银行账号变成了科学记数或按数字存放,后几位已丢失,请设为“文本”重新填写。", "The account number lost its last digits. Format as text and enter it again."),
    "warn.account.normalised": ("银行账号已整理成半角数字,请另一人核对。", "The account number was put into plain digits. Please have a second person check it."),
    "amount.invalid": ("金额看不懂,请用阿拉伯数字;逗号只能每三位一个(1,200),小数用点号。", "The amount cannot be read. Please use digits; a comma may only group three of them (1,200)."),
    "amount.precision": ("金额最多到分(两位小数),请核对。", "An amount has at most two decimals."),
    "amount.range": ("金额应当大于 0 且在合理范围内,请核对。", "The amount is out of range."),
    "amount.over_cap": ("金额超过这个项目的上限 {detail} 元,请核对。", "The amount is over the scheme's cap of {detail} yuan."),
    # place, household, duplicates, subsidies
    "village.unknown": ("认不出这个村(社区),请按行政区划名称填写;重名时请补上乡镇。", "Village not known. Please use its official name, with the township where names repeat."),
    "scope.village_not_yours": ("“{detail}”不在您的辖区,请由当地导入。", "{detail} is outside your area. Please leave it to the office there."),
    "warn.village.normalised": ("村名已统一为“{detail}”。", "The village was read as {detail}."),
    "household.missing": ("没有户编号,请补填;空格不会自动沿用上一行。", "No household number. Blank cells do not inherit the row above."),
    "household.no_head": ("户 {detail} 没有户主,请补一位户主。", "Household {detail} has no head."),
    "household.two_heads": ("户 {detail},一户只能有一位户主,请核对。", "Household {detail}: there can be only one head."),
    "scope.household_not_yours": ("户编号 {detail} 登记在您的辖区之外,请核对编号,或由当地导入。", "Household number {detail} is registered outside your area. Please check it, or leave it to the office there."),
    "need.changed_elsewhere": ("诉求 {detail} 已经在台账里,这一格和台账现在的记录不一样。诉求要在系统里一步一步办理,不能用表格改,这一行不写入。", "Need {detail} is in the ledger and this cell differs from it. A need is changed by its acts and not by a sheet; the row is not written."),
    "dup.in_file": ("和第 {detail} 行是同一个人,请只留一行。", "The same person as in row {detail}."),
    "dup.same_id_other_name": ("和第 {detail} 行身份证号相同、姓名不同,请核对是谁的号码。", "The same citizen number as row {detail} under another name."),
    "warn.dup.identical_row": ("和第 {detail} 行完全相同,只导入一次。", "Identical to row {detail}; imported once."),
    "subsidy.dup_in_file": ("和第 {detail} 行是同一人、同一项目、同一期间,不能重复发放。", "The same person, scheme and period as row {detail}."),
    "subsidy.period_overlap": ("所属期间和第 {detail} 行重叠,不能重复发放。", "The period overlaps that of row {detail}."),
    "subsidy.period_format": ("所属期间应为整年,如“2023”。", "The period must be a whole year such as 2023."),
}


def is_warning(code):
    """Whether the row goes in all the same."""
    return code.startswith("warn.")


def sentence(code, lang="zh", detail=""):
    """The sentence of a code in "zh" or "en". KeyError on a code that the contract does not know.

    `{first}` and `{rest}` are the two halves of a detail that a stroke divides: what was written, what may be.
    """
    first, _, rest = str(detail).partition("|")
    said = SENTENCES[code][lang == "en"]
    return said.replace("{detail}", str(detail)).replace("{first}", first).replace("{rest}", rest)
