# Odds ratios and risk ratios with Wald intervals by R (stats). Run from any folder:
#   Rscript ratios.R OUTPUT_FOLDER
# writes ratios_results.csv: events and patients of two groups, level, kind, estimate, bounds.
# Both are coefficients of binomial models, with logit and with log link, and their
# confint.default, second group as reference.

options(stringsAsFactors = FALSE, warn = 1)
out <- commandArgs(trailingOnly = TRUE)[1]
digits <- function(x) sprintf("%.17g", x)

pairs <- list(c(12, 104, 17, 98), c(1, 16, 5, 13), c(9, 10, 3, 11), c(186, 214, 180, 209),
              c(4, 209, 21, 214), c(50, 100, 50, 100), c(2, 1000, 9, 1100), c(33, 40, 12, 47))
results <- NULL
for (p in pairs) for (level in c(0.9, 0.95, 0.99)) for (kind in c("odds", "risk")) {
  events <- c(p[1], p[3])
  n <- c(p[2], p[4])
  first <- c(1, 0)
  link <- if (kind == "odds") "logit" else "log"
  model <- glm(cbind(events, n - events) ~ first, family = binomial(link = link),
               start = if (kind == "odds") NULL else c(log(events[2] / n[2]), log(events[1] / n[1] * n[2] / events[2])),
               control = glm.control(epsilon = 1e-13, maxit = 200))
  bounds <- exp(confint.default(model, level = level)[2, ])
  results <- rbind(results, data.frame(a = p[1], n = p[2], c = p[3], m = p[4], level = level,
    kind = kind, estimate = digits(exp(coef(model)[2])), lower = digits(bounds[1]),
    upper = digits(bounds[2])))
}
write.csv(results, file.path(out, "ratios_results.csv"), row.names = FALSE, quote = FALSE)
