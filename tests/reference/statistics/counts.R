# Reference results for the tests of counts, by base R. Run from any folder:
#   Rscript counts.R FOLDER_WITH_counts_data.csv OUTPUT_FOLDER
# writes counts_results.csv: P of every test of every table, 17 significant digits.
#
# Where R has the test, R's function is taken. Where it has none, the test is written out from its
# definition: over all tables of the two arms, in plain loops, with the greatest value looked for
# on a fine grid of proportions and by optimize() around every local maximum on it.

options(stringsAsFactors = FALSE, warn = 1)
folders <- commandArgs(trailingOnly = TRUE)
data <- read.csv(file.path(folders[1], "counts_data.csv"))
quiet <- suppressWarnings
rows <- list()

put <- function(kind, table, test, p) {
  rows[[length(rows) + 1]] <<- data.frame(
    kind = kind, table = table, test = test, p = sprintf("%.17g", p))
}

most_tables <- 11100  # of two arms, for the unconditional tests

# Every table of two arms: z with pooled variance, Fisher's P values from the definition.
arms <- new.env()
two_arms <- function(n1, n2) {
  key <- paste(n1, n2)
  if (!is.null(arms[[key]])) return(arms[[key]])
  z <- two <- less <- greater <- matrix(0, n1 + 1, n2 + 1)
  for (x1 in 0:n1) for (x2 in 0:n2) {
    t <- x1 + x2
    p <- t / (n1 + n2)
    if (p > 0 && p < 1)
      z[x1 + 1, x2 + 1] <- (x1 / n1 - x2 / n2) / sqrt(p * (1 - p) * (1 / n1 + 1 / n2))
    all <- max(0, t - n2):min(n1, t)
    chance <- dhyper(all, n1, n2, t)
    own <- dhyper(x1, n1, n2, t)
    two[x1 + 1, x2 + 1] <- sum(chance[chance <= own * (1 + 1e-7)])
    less[x1 + 1, x2 + 1] <- sum(chance[all <= x1])
    greater[x1 + 1, x2 + 1] <- sum(chance[all >= x1])
  }
  arms[[key]] <- list(z = z, two = two, less = less, greater = greater)
  arms[[key]]
}

# The greatest probability of the tables in `extreme`, over the common proportion.
supremum <- function(extreme, n1, n2) {
  chance <- function(p)
    sum((dbinom(0:n1, n1, p) %*% extreme) * dbinom(0:n2, n2, p))
  grid <- sin(seq(0, pi / 2, length.out = 1501))^2
  first <- sapply(grid, function(p) dbinom(0:n1, n1, p))
  second <- sapply(grid, function(p) dbinom(0:n2, n2, p))
  values <- colSums((t(extreme) %*% first) * second)
  best <- max(values)
  for (i in 2:1500) {
    if (values[i] >= values[i - 1] && values[i] >= values[i + 1] && values[i] > 0.9 * max(values))
      best <- max(best, optimize(chance, c(grid[i - 1], grid[i + 1]), maximum = TRUE,
                                 tol = 1e-12)$objective)
  }
  min(1, best)
}

unconditional <- function(kind, key, m) {
  n1 <- sum(m[1, ]); n2 <- sum(m[2, ])
  if ((n1 + 1) * (n2 + 1) > most_tables) return(invisible())
  all <- two_arms(n1, n2)
  i <- m[1, 1] + 1; j <- m[2, 1] + 1
  slack <- 1e-10
  z <- all$z[i, j]
  put(kind, key, "Barnard's test", supremum(abs(all$z) >= abs(z) - slack, n1, n2))
  put(kind, key, "Boschloo's test", supremum(all$two <= all$two[i, j] * (1 + 1e-7), n1, n2))
  side <- function(name) supremum(all[[name]] <= all[[name]][i, j] * (1 + 1e-7), n1, n2)
  if (z == 0) {
    # No direction: that of the smaller tail, and for z any.
    barnard <- supremum(all$z >= -slack, n1, n2)
    boschloo <- side(if (all$greater[i, j] <= all$less[i, j]) "greater" else "less")
  } else {
    barnard <- supremum(sign(z) * all$z >= abs(z) - slack, n1, n2)
    boschloo <- side(if (z > 0) "greater" else "less")
  }
  put(kind, key, "Barnard's test, one-sided", barnard)
  put(kind, key, "Boschloo's test, one-sided", boschloo)
  put(kind, key, "Boschloo's test, one-sided doubled", min(1, 2 * boschloo))
}

two_by_two <- function(kind, key, m) {
  a <- m[1, 1]; c <- m[2, 1]
  n1 <- sum(m[1, ]); n2 <- sum(m[2, ]); t <- a + c
  yates <- quiet(chisq.test(m))$p.value
  z <- sqrt(unname(quiet(chisq.test(m, correct = FALSE))$statistic))
  zc <- sqrt(unname(quiet(chisq.test(m))$statistic))
  put(kind, key, "chi-squared with Yates's correction", yates)
  put(kind, key, "Pearson chi-squared, one-sided", pnorm(z, lower.tail = FALSE))
  put(kind, key, "chi-squared with Yates's correction, one-sided", pnorm(zc, lower.tail = FALSE))
  less <- fisher.test(m, alternative = "less")$p.value
  greater <- fisher.test(m, alternative = "greater")$p.value
  own <- dhyper(a, n1, n2, t)
  put(kind, key, "Fisher's exact, one-sided", min(less, greater))
  put(kind, key, "Fisher's exact, one-sided, against the difference", max(less, greater))
  put(kind, key, "Fisher's exact, one-sided doubled", min(1, 2 * less, 2 * greater))
  put(kind, key, "mid-p Fisher, two-sided", fisher.test(m)$p.value - own / 2)
  put(kind, key, "mid-p Fisher, one-sided", min(less, greater) - own / 2)
  put(kind, key, "mid-p Fisher, one-sided doubled", min(1, 2 * (min(less, greater) - own / 2)))
  p <- c(a / n1, c / n2)
  se <- sqrt(sum(p * (1 - p) / c(n1, n2)))
  if (se > 0) {
    d <- abs(p[1] - p[2])
    put(kind, key, "z test, unpooled variance", 2 * pnorm(-d / se))
    put(kind, key, "z test, unpooled variance, one-sided", pnorm(-d / se))
    put(kind, key, "z test, unpooled variance, with continuity correction",
        2 * pnorm(-max(0, d - (1 / n1 + 1 / n2) / 2) / se))
  }
  if (all(m > 0)) {
    fit <- glm(m ~ c(0, 1), family = binomial,
               control = glm.control(epsilon = 1e-15, maxit = 100))
    put(kind, key, "Wald test of the odds ratio", coef(summary(fit))[2, 4])
  }
  unconditional(kind, key, m)
}

plain <- function(kind, key, m) {
  m <- m[rowSums(m) > 0, colSums(m) > 0]
  put(kind, key, "Fisher's exact, two-sided",
      fisher.test(m, workspace = if (prod(dim(m)) > 4) 2e8 else 2e5)$p.value)
  test <- quiet(chisq.test(m, correct = FALSE))
  put(kind, key, "Pearson chi-squared", test$p.value)
  put(kind, key, "N-1 chi-squared", pchisq(test$statistic * (sum(m) - 1) / sum(m),
                                           test$parameter, lower.tail = FALSE))
  fit <- loglin(m, list(1, 2), print = FALSE)
  put(kind, key, "likelihood ratio chi-squared", pchisq(fit$lrt, fit$df, lower.tail = FALSE))
  if (all(dim(m) == 2)) two_by_two(kind, key, m)
}

ordered <- function(kind, key, m) {
  kept <- m[rowSums(m) > 0, colSums(m) > 0]
  group <- rep(row(m), m); score <- rep(col(m), m)
  n <- sum(m)
  put(kind, key, "linear-by-linear association",
      pchisq((n - 1) * cor(group, score)^2, 1, lower.tail = FALSE))
  if (min(dim(kept)) == 2) {
    along <- if (nrow(kept) == 2) t(m)[, rowSums(m) > 0] else m[, colSums(m) > 0]
    used <- rowSums(along) > 0
    test <- prop.trend.test(along[used, 1], rowSums(along)[used], which(used))
    put(kind, key, "Cochran-Armitage trend test", test$p.value)
    put(kind, key, "Cochran-Armitage trend test, one-sided", test$p.value / 2)
  }
  if (nrow(kept) == 2) {
    x <- score[group == min(group)]; y <- score[group == max(group)]
    p <- function(...) wilcox.test(x, y, exact = FALSE, ...)$p.value
    put(kind, key, "Mann-Whitney test", p(correct = FALSE))
    put(kind, key, "Mann-Whitney test, with continuity correction", p(correct = TRUE))
    put(kind, key, "Mann-Whitney test, one-sided",
        min(p(correct = FALSE, alternative = "less"), p(correct = FALSE, alternative = "greater")))
  } else if (ncol(kept) > 2) {
    put(kind, key, "Kruskal-Wallis test", kruskal.test(score, group)$p.value)
  }
}

paired <- function(kind, key, m) {
  if (nrow(m) > 2) return(put(kind, key, "McNemar-Bowker test", mcnemar.test(m)$p.value))
  b <- m[1, 2]; c <- m[2, 1]
  put(kind, key, "McNemar's test", mcnemar.test(m, correct = FALSE)$p.value)
  put(kind, key, "McNemar's test, with continuity correction", mcnemar.test(m)$p.value)
  put(kind, key, "McNemar's test, exact", binom.test(b, b + c)$p.value)
  one <- min(binom.test(b, b + c, alternative = "less")$p.value,
             binom.test(b, b + c, alternative = "greater")$p.value)
  put(kind, key, "McNemar's test, exact, one-sided", one)
  own <- dbinom(b, b + c, 0.5)
  put(kind, key, "McNemar's test, mid-p", if (b == c) 1 - own / 2 else 2 * one - own)
}

for (i in seq_len(nrow(data))) {
  kind <- data$kind[i]; key <- data$table[i]
  m <- do.call(rbind, lapply(strsplit(strsplit(key, "/")[[1]], " "), as.integer))
  storage.mode(m) <- "double"
  if (kind == "plain") plain(kind, key, m)
  if (kind == "ordered") ordered(kind, key, m)
  if (kind == "paired") paired(kind, key, m)
}
write.csv(do.call(rbind, rows), file.path(folders[2], "counts_results.csv"), row.names = FALSE,
          quote = 3)
