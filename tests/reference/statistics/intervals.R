# Confidence intervals of proportions by R (stats). Run from any folder:
#   Rscript intervals.R OUTPUT_FOLDER
# writes intervals_results.csv: x, n, level, method, bounds. Exact, Wilson and corrected Wilson
# intervals are those of binom.test and prop.test, Wald's that of a binomial model with identity
# link where it exists; the rest is written out from its definition. prop.test corrects by less
# than half a patient where x is nearer than that to n / 2: there Newcombe's formula stands.

options(stringsAsFactors = FALSE, warn = 1)
out <- commandArgs(trailingOnly = TRUE)[1]
digits <- function(x) sprintf("%.17g", x)
results <- NULL
keep <- function(x, n, level, method, bounds) {
  results <<- rbind(results, data.frame(x = x, n = n, level = level, method = method,
                                        lower = digits(bounds[1]), upper = digits(bounds[2])))
}

wald <- function(x, n, level) {
  if (x == 0 || x == n) return(c(x / n, x / n))
  model <- glm(cbind(x, n - x) ~ 1, family = binomial(link = "identity"), start = x / n)
  unname(confint.default(model, level = level)[1, ])
}
agresti <- function(x, n, level) {
  z2 <- qchisq(level, 1)
  p <- (x + z2 / 2) / (n + z2)
  p + c(-1, 1) * sqrt(z2) * sqrt(p * (1 - p) / (n + z2))
}
newcombe <- function(x, n, level) {
  z <- qnorm(1 - (1 - level) / 2)
  p <- x / n
  q <- 1 - p
  lower <- (2 * n * p + z^2 - 1 - z * sqrt(z^2 - 2 - 1 / n + 4 * p * (n * q + 1))) / (2 * (n + z^2))
  upper <- (2 * n * p + z^2 + 1 + z * sqrt(z^2 + 2 - 1 / n + 4 * p * (n * q - 1))) / (2 * (n + z^2))
  c(if (x == 0) 0 else max(0, lower), if (x == n) 1 else min(1, upper))
}
corrected <- function(x, n, level) {
  if (abs(x - n / 2) < 0.5) return(newcombe(x, n, level))
  as.numeric(suppressWarnings(prop.test(x, n, conf.level = level))$conf.int)
}
jeffreys <- function(x, n, level) {
  tail <- (1 - level) / 2
  c(if (x == 0) 0 else qbeta(tail, x + 0.5, n - x + 0.5),
    if (x == n) 1 else qbeta(1 - tail, x + 0.5, n - x + 0.5))
}
mid <- function(x, n, level) {
  tail <- (1 - level) / 2
  above <- function(p) pbinom(x, n, p, lower.tail = FALSE) + dbinom(x, n, p) / 2 - tail
  below <- function(p) pbinom(x - 1, n, p) + dbinom(x, n, p) / 2 - tail
  root <- function(f) uniroot(f, c(0, 1), tol = 1e-15, maxiter = 10000)$root
  c(if (x == 0) 0 else root(above), if (x == n) 1 else root(below))
}

for (n in c(1, 2, 5, 9, 13, 16, 31, 44, 103, 250, 1000)) {
  for (x in unique(round(n * c(0, 0.03, 0.19, 0.5, 0.72, 0.94, 1)))) {
    for (level in c(0.80, 0.90, 0.95, 0.975, 0.99)) {
      keep(x, n, level, "Clopper-Pearson (exact)",
           as.numeric(binom.test(x, n, conf.level = level)$conf.int))
      keep(x, n, level, "Wilson (score)",
           as.numeric(suppressWarnings(
             prop.test(x, n, conf.level = level, correct = FALSE))$conf.int))
      keep(x, n, level, "Wilson with continuity correction", corrected(x, n, level))
      simple <- wald(x, n, level)
      keep(x, n, level, "Wald", simple)
      keep(x, n, level, "Wald with continuity correction", simple + c(-1, 1) / (2 * n))
      bounds <- agresti(x, n, level)
      keep(x, n, level, "Agresti-Coull", c(max(0, bounds[1]), min(1, bounds[2])))
      keep(x, n, level, "Jeffreys", jeffreys(x, n, level))
      keep(x, n, level, "mid-P exact", mid(x, n, level))
    }
  }
}
write.csv(results, file.path(out, "intervals_results.csv"), row.names = FALSE, quote = FALSE)
