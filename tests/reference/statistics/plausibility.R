# Laws of survival summaries and combined P values, by R (stats, survival). Run from any folder:
#   Rscript plausibility.R OUTPUT_FOLDER
# writes plausibility_results.csv: kind, inputs (by blanks), results (by blanks).
#   combined: P values; Stouffer's P that they are so low, so high, Fisher's P.
#   log_error: level, lower, upper; standard error of the log ratio.
#   least_error: events of two groups; sqrt(1/d1 + 1/d2).
#   cox: events of each of two groups; standard error of a log hazard ratio by survival::coxph.
#   curve: times and shares of a Kaplan-Meier curve, its median (survival::survfit).
#   exponential: median, median of the reference; ratio of hazards of dexp/pexp with these medians.

options(stringsAsFactors = FALSE, warn = 1)
suppressPackageStartupMessages(library(survival))
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(6201117)

digits <- function(x) paste(sprintf("%.17g", x), collapse = " ")
results <- NULL
keep <- function(kind, inputs, values) {
  results <<- rbind(results, data.frame(
    kind = kind, inputs = digits(inputs), values = digits(values)))
}

for (i in 1:80) {
  k <- sample(c(1, 2, 5, 8, 13, 30), 1)
  p <- switch(1 + i %% 4, runif(k), rbeta(k, 0.3, 1), rbeta(k, 1, 0.3), round(runif(k), 2))
  p <- pmin(pmax(p, 1e-9), 1 - 1e-9)
  z <- sum(qnorm(p)) / sqrt(k)
  keep("combined", p, c(pnorm(z), pnorm(z, lower.tail = FALSE),
                        pchisq(-2 * sum(log(p)), 2 * k, lower.tail = FALSE)))
}
for (i in 1:60) {
  level <- c(0.80, 0.90, 0.95, 0.975, 0.99)[1 + i %% 5]
  se <- runif(1, 0.02, 1.2)
  b <- exp(rnorm(1, 0, 0.7) + c(-1, 1) * qnorm(1 - (1 - level) / 2) * se)
  keep("log_error", c(level, b), (log(b[2]) - log(b[1])) / (2 * qnorm(1 - (1 - level) / 2)))
  d <- sample(1:400, 2)
  keep("least_error", d, sqrt(1 / d[1] + 1 / d[2]))
  m <- runif(2, 1, 60)
  hazard <- function(median) dexp(3, log(2) / median) / pexp(3, log(2) / median, lower.tail = FALSE)
  keep("exponential", m, hazard(m[1]) / hazard(m[2]))
}
for (i in 1:40) {
  n <- sample(c(20, 60, 200), 1)
  group <- rep(0:1, each = n)
  time <- rexp(2 * n, 0.1 * exp(group * runif(1, -1, 1)))
  event <- as.integer(time < quantile(time, runif(1, 0.4, 1)))
  if (min(tapply(event, group, sum)) < 2) next
  fit <- coxph(Surv(time, event) ~ group)
  keep("cox", tapply(event, group, sum), sqrt(diag(vcov(fit))))
  one <- survfit(Surv(round(time, 1), event) ~ 1)
  at <- sort(runif(6, 0, max(time)))
  middle <- unname(quantile(one, 0.5)$quantile)
  if (!is.na(middle)) keep("curve", c(at, summary(one, times = at, extend = TRUE)$surv), middle)
}
write.csv(results, file.path(out, "plausibility_results.csv"), row.names = FALSE, quote = FALSE)
