# P values of comparisons of means, by R (stats). Run from any folder:
#   Rscript means.R OUTPUT_FOLDER
# writes means_data.csv (mean, SD and n of each group of made-up data, 17 significant digits) and
# means_results.csv (the P values of t.test, oneway.test and aov on the data themselves).

options(stringsAsFactors = FALSE, warn = 1)
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(20110508)

digits <- function(x) sprintf("%.17g", x)
data <- results <- NULL
keep <- function(case, test, p) {
  results <<- rbind(results, data.frame(case = case, test = test, p = digits(p)))
}

for (case in 1:160) {
  k <- if (case <= 90) 2 else sample(3:6, 1)
  sizes <- sample(c(2:12, 20, 35, 60, 120, 400), k, replace = TRUE)
  spread <- exp(runif(1, -2, 4))
  groups <- lapply(sizes, function(n) {
    rnorm(n, mean = runif(1, 0, 1.5) * spread + 10, sd = spread * exp(runif(1, -1, 1)))
  })
  for (i in seq_len(k)) {
    data <- rbind(data, data.frame(case = case, group = i, mean = digits(mean(groups[[i]])),
                                   sd = digits(sd(groups[[i]])), n = sizes[i]))
  }
  y <- unlist(groups)
  g <- factor(rep(seq_len(k), sizes))
  if (k == 2) {
    keep(case, "Student's t", t.test(y ~ g, var.equal = TRUE)$p.value)
    keep(case, "Welch's t", t.test(y ~ g)$p.value)
    z <- diff(tapply(y, g, mean)) / sqrt(sum(tapply(y, g, var) / sizes))
    keep(case, "z", 2 * pnorm(-abs(z)))
  }
  keep(case, "one-way ANOVA", summary(aov(y ~ g))[[1]][["Pr(>F)"]][1])
  keep(case, "Welch's ANOVA", oneway.test(y ~ g)$p.value)
}

save <- function(frame, name) {
  write.csv(frame, file.path(out, name), row.names = FALSE, quote = FALSE)
}
save(data, "means_data.csv")
save(results, "means_results.csv")
