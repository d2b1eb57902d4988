"""What an import says of any workbook that is brought in, beside what its template says: limits of a day, rows that are sent back."""

SENTENCES = {
    "file.too_many_afar": ("今天您的名单已对上 {detail} 个由别处保管档案的人,到了每天的上限。这份表没有核对完,什么都没有写入,审计员会看到这件事。请明天再传,或删去不是您辖区的行。", "Your lists have met {detail} people whose records other places keep, the most for one day. This file was not judged to its end, nothing was written, and the auditors are told. Please send it tomorrow, or leave out rows that are not of your area."),
    "file.too_many_births": ("今天您的名单用同一个孩子的名字试过 {detail} 个以上的出生日期。这份表没有核对完,什么都没有写入,审计员会看到这件事。请核对证件,一个孩子只留一行。", "Your lists have tried more than {detail} birth dates today under the name of one registered child. This file was not judged to its end, nothing was written, and the auditors are told. Please check the card and leave one row a child."),
    "row.changed": ("核对以后,这一行说的人或者事在系统里变了,没有写入。请把这一行再上传一次,看现在的结论。", "What this row says was sound when it was judged and is not any more; it was not written. Please send the row again and see what is said now."),
    "row.unopened": ("这一行在系统里存的内容打不开,没有导入,请把原表里的这一行另存一份再上传。", "What was kept of this row does not open; it was not imported. Please send this row of your sheet again."),
    "scope.person_not_yours": ("这个人的档案由别处保管,这一行没有写入。请核对号码,或由当地导入。", "Another place keeps this person's record; the row was not written. Please check the number, or leave it to the office there."),
}
