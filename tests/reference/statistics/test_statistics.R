# P values of test statistics with their degrees of freedom, by R (stats). Run from any folder:
#   Rscript test_statistics.R OUTPUT_FOLDER
# writes test_statistics_results.csv: the statistic, its value and degrees of freedom (those of r
# are n - 2), P two-sided (upper tail of chi-squared and F) and P one-sided where there is one.
# P of r is that of cor.test on made-up data.

options(stringsAsFactors = FALSE, warn = 1)
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(23042011)

digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
results <- NULL
keep <- function(statistic, value, df1, df2, p, one) {
  results <<- rbind(results, data.frame(
    statistic = statistic, value = digits(value), df1 = digits(df1), df2 = digits(df2),
    p = digits(p), one_sided = digits(one)))
}

for (df in c(1, 2, 3, 5, 8.4, 12, 28, 57.31, 120, 1500)) {
  for (t in c(-12, -2.2, -0.1, 0, 0.5, 1.96, 2.2, 5, 31)) {
    keep("t", t, df, NA, 2 * pt(-abs(t), df), pt(-abs(t), df))
  }
}
for (z in c(-8.1, -1.96, -0.3, 0, 1, 1.645, 2.1, 3.29, 6.5)) {
  keep("z", z, NA, NA, 2 * pnorm(-abs(z)), pnorm(-abs(z)))
}
for (df in c(1, 2, 3, 4, 9, 20, 64)) {
  for (x in c(0, 0.2, 1, 3.84, 5.2, 10.83, 23.1, 80, 300)) {
    p <- pchisq(x, df, lower.tail = FALSE)
    keep("chi2", x, df, NA, p, if (df == 1) p / 2 else NA)
  }
}
for (df1 in c(1, 2, 3.4, 6)) {
  for (df2 in c(4, 12, 57, 88.2, 400)) {
    for (f in c(0, 0.4, 1, 4.1, 9.3, 60)) {
      p <- pf(f, df1, df2, lower.tail = FALSE)
      keep("F", f, df1, df2, p, if (df1 == 1) p / 2 else NA)
    }
  }
}
for (n in c(4, 7, 12, 30, 50, 200)) {
  for (share in c(-2, -0.5, 0, 0.2, 1)) {
    x <- rnorm(n)
    y <- share * x + rnorm(n)
    found <- cor.test(x, y)
    keep("r", unname(found$estimate), n - 2, NA, found$p.value, found$p.value / 2)
  }
}
write.csv(results, file.path(out, "test_statistics_results.csv"), row.names = FALSE, quote = FALSE)
