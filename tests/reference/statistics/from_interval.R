# P values beside the confidence intervals that models and tests of R (stats) give. Run from any
# folder:
#   Rscript from_interval.R OUTPUT_FOLDER
# writes from_interval_results.csv: kind (ratio: odds ratio of a logistic model or rate ratio of a
# Poisson model with its Wald interval; difference: of two means with its t interval), level,
# degrees of freedom of t, estimate, bounds, P.

options(stringsAsFactors = FALSE, warn = 1)
out <- commandArgs(trailingOnly = TRUE)[1]
set.seed(3432304)

digits <- function(x) ifelse(is.na(x), "", sprintf("%.17g", x))
results <- NULL
keep <- function(kind, level, df, estimate, bounds, p) {
  results <<- rbind(results, data.frame(
    kind = kind, level = digits(level), df = digits(df), estimate = digits(estimate),
    lower = digits(bounds[1]), upper = digits(bounds[2]), p = digits(p)))
}

for (i in 1:40) {
  level <- c(0.90, 0.95, 0.975, 0.99)[1 + i %% 4]
  n <- sample(c(40, 90, 300), 1)
  x <- rbinom(n, 1, 0.5)
  if (i %% 2) {
    model <- glm(rbinom(n, 1, plogis(-0.4 + runif(1, -1, 1) * x)) ~ x, family = binomial)
  } else {
    model <- glm(rpois(n, exp(0.3 + runif(1, -0.6, 0.6) * x)) ~ x, family = poisson)
  }
  keep("ratio", level, NA, exp(coef(model)[["x"]]),
       exp(confint.default(model, "x", level = level)), coef(summary(model))["x", 4])
}
for (i in 1:40) {
  level <- c(0.90, 0.95, 0.975, 0.99)[1 + i %% 4]
  a <- rnorm(sample(c(4, 9, 25, 80), 1), 10, 3)
  b <- rnorm(sample(c(4, 9, 25, 80), 1), 10 + runif(1, -3, 3), 4)
  found <- t.test(a, b, var.equal = i %% 2 == 0, conf.level = level)
  keep("difference", level, unname(found$parameter), mean(a) - mean(b), found$conf.int,
       found$p.value)
}
write.csv(results, file.path(out, "from_interval_results.csv"), row.names = FALSE, quote = FALSE)
