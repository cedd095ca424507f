# Writes the files of this folder: one small invented table in the formats of SAS, Stata, SPSS and
# R, by R's own writers and haven (Debian: r-base-core, r-cran-haven).
#
#   cd tests/reference/frames && Rscript make.R

suppressPackageStartupMessages(library(haven))

patients <- data.frame(
  USUBJID = c("01-001", "01-002", "02-003", "02-004"),
  SITEID = c("01", "01", "02", "02"),
  AGE = c(63, NA, 71, 48),
  WEIGHT = c(70.5, 81.25, NA, -0.1),
  RANDDT = as.Date(c("2014-01-02", "2012-02-29", NA, "1959-12-31")),
  CITY = c("K\u00f6ln", "", "Gen\u00e8ve", "Oslo, \"N\""),
  stringsAsFactors = FALSE
)
attr(patients$AGE, "label") <- "Age (years)"
attr(patients$RANDDT, "label") <- "Date of randomisation"

write_xpt(patients, "patients_v5.xpt", version = 5, name = "PATIENTS")
write_xpt(patients, "patients_v8.xpt", version = 8, name = "PATIENTS")
suppressWarnings(write_sas(patients, "patients.sas7bdat"))
write_dta(patients, "patients.dta")
write_sav(patients, "patients.sav", compress = "byte")
write_sav(patients, "patients.zsav", compress = "zsav")
saveRDS(patients, "patients.rds", version = 3)

# What only some formats have: special missing values, value labels, times, factors.
special <- data.frame(ID = 1:4)
special$LAB <- c(1.5, tagged_na("a"), NA, tagged_na("z"))
special$SEX <- labelled(c(1, 2, 2, NA), c(male = 1, female = 2), label = "Sex")
special$SEEN <- as.POSIXct(c("2020-01-02 10:30:00", NA, "2020-03-29 00:00:00",
                             "1999-12-31 23:59:59"), tz = "UTC")
write_dta(special, "special.dta")
upper <- special
upper$LAB <- c(1.5, tagged_na("A"), NA, tagged_na("Z"))
write_xpt(upper, "special_v5.xpt", version = 5, name = "SPECIAL")
write_xpt(upper, "special_v8.xpt", version = 8, name = "SPECIAL")
suppressWarnings(write_sas(upper, "special.sas7bdat"))

declared <- data.frame(ID = 1:4)
declared$SCORE <- labelled_spss(c(1, -99, 3, -97.5), c(refused = -99), na_values = -99,
                                na_range = c(-98, -97))
declared$SITE <- labelled_spss(c("A", "XX", "B", ""), c(unknown = "XX"), na_values = "XX")
write_sav(declared, "special.sav", compress = "byte")

frames <- patients
frames$RESPONSE <- factor(c("PR", "CR", NA, "PR"), levels = c("CR", "PR", "PD"))
frames$SEEN <- as.POSIXct(c("2020-01-02 00:00:00", NA, "2020-07-01 12:00:00",
                            "2020-03-29 01:30:00"), tz = "Europe/Berlin")
frames$CONSENT <- c(TRUE, NA, FALSE, TRUE)
frames$LINE <- c(1L, NA, 2L, 3L)
frames$LAB <- special$LAB
frames$SEX <- special$SEX
none <- frames[0, ]
tibble <- structure(frames, class = c("tbl_df", "tbl", "data.frame"))
model <- lm(WEIGHT ~ AGE, data = patients)
number <- 42
save(frames, none, tibble, model, number, file = "frames.rda", version = 3)
saveRDS(list(adsl = patients, rest = frames, number = 42), "list.rds", compress = "xz")
saveRDS(frames, "ascii.rds", ascii = TRUE, compress = FALSE)
saveRDS(1:3, "number.rds")
