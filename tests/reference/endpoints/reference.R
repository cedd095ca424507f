# Reference results for the endpoints, by R (stats, survival). Run from any folder:
#   Rscript reference.R OUTPUT_FOLDER
# writes data_*.csv (the data) and results.csv (the answers, 17 significant digits).
#
# Data sets: lung (Loprinzi et al., J Clin Oncol 1994), veteran (Kalbfleisch and Prentice 1980),
# ovarian (Edmunson et al. 1979), aml (Miller 1997), pbc (Therneau and Grambsch 2000) and colon
# (Moertel 1990, deaths), as distributed with the R package survival (Therneau; LGPL >= 2);
# gehan: remission of acute leukaemia (Freireich et al., Blood 1963). The rest is made up here.

suppressPackageStartupMessages(library(survival))
options(stringsAsFactors = FALSE, warn = 1)
out <- commandArgs(trailingOnly = TRUE)[1]

frame <- function(time, event, group, stratum) {
  kept <- !is.na(time) & !is.na(event) & !is.na(group) & !is.na(stratum)
  data.frame(time = time, event = as.integer(event), group = as.character(group),
             stratum = as.character(stratum))[kept, ]
}
deaths <- subset(colon, etype == 2)
treated <- subset(pbc, !is.na(trt))
sets <- list(
  lung = frame(lung$time, lung$status == 2, lung$sex, lung$ph.ecog),
  lung_months = frame(lung$time / 30.4375, lung$status == 2, lung$sex, lung$ph.ecog),
  veteran = frame(veteran$time, veteran$status, veteran$trt, veteran$celltype),
  veteran_cells = frame(veteran$time, veteran$status, veteran$celltype, veteran$trt),
  ovarian = frame(ovarian$futime, ovarian$fustat, ovarian$rx, ovarian$resid.ds),
  aml = frame(aml$time, aml$status, aml$x, "all"),
  pbc = frame(treated$time, treated$status == 2, treated$trt, treated$stage),
  colon = frame(deaths$time, deaths$status, deaths$rx, deaths$node4),
  gehan = frame(
    c(1,1,2,2,3,4,4,5,5,8,8,8,8,11,11,12,12,15,17,22,23,
      6,6,6,6,7,9,10,10,11,13,16,17,19,20,22,23,25,32,32,34,35),
    c(rep(1, 21), 1,1,1,0,1,0,1,0,0,1,1,0,0,0,1,1,0,0,0,0,0),
    rep(c("placebo", "6-MP"), each = 21), rep(1:21, 2)),
  flat = frame(c(1, 2, 3, 4, 5, 6, 7, 8), rep(1, 8), rep(c("a", "b"), 4), "all"),
  flat_censored = frame(c(2, 3, 3, 5, 8, 9, 11, 13), c(1, 1, 0, 1, 1, 0, 1, 0),
                        rep(c("a", "b"), 4), "all"),
  flat_to_the_end = frame(c(2, 4, 6, 8), c(1, 1, 0, 0), c("a", "b", "a", "b"), "all"),
  not_reached = frame(c(1, 4, 5, 6, 7, 8, 9, 10), c(1, 0, 1, 0, 0, 0, 0, 0),
                      rep(c("a", "b"), 4), "all"),
  all_censored = frame(c(3, 5, 5, 8), rep(0, 4), c("a", "b", "a", "b"), "all"),
  one_event = frame(7, 1, "a", "all"),
  one_censored = frame(7, 0, "a", "all"),
  tied = frame(c(5, 5, 5, 5, 5, 9, 9, 9, 12, 12, 12, 12), c(1, 1, 0, 1, 0, 0, 1, 1, 1, 1, 1, 0),
               rep(c("a", "b", "b"), 4), "all"),
  time_zero = frame(c(0, 0, 0, 4, 6, 6, 9), c(0, 1, 0, 1, 1, 0, 1),
                    c("a", "b", "a", "b", "a", "b", "a"), "all"),
  noise = frame(c(0.1 + 0.2, 0.3, 0.3, 1 - 0.9, 0.1, 0.7 + 0.1, 0.8, 1.1, 1.1 + 1e-12, 2),
                c(1, 1, 0, 1, 1, 1, 1, 0, 1, 0), rep(c("a", "b"), 5), "all")
)

full <- function(x) sub("^ +", "", sprintf("%.17g", x))
rows <- list()
put <- function(set, what, key, value) {
  rows[[length(rows) + 1]] <<- data.frame(
    set = set, what = what, key = key,
    value = ifelse(is.na(value), "", full(as.numeric(value))))
}

for (name in names(sets)) {
  data <- sets[[name]]
  saved <- data
  saved$time <- full(data$time)
  write.csv(saved, file.path(out, paste0("data_", name, ".csv")), row.names = FALSE, quote = FALSE)
  span <- max(data$time)
  for (type in c("plain", "log", "log-log")) {
    fit <- survfit(Surv(time, event) ~ 1, data = data, conf.type = type)
    # Of a long curve every seventh step and the last three.
    last <- length(fit$time)
    i <- if (last > 60) union(seq(1, last, 7), last - 2:0) else seq_len(last)
    if (type == "plain") {
      put(name, "time", i, fit$time[i])
      put(name, "surv", i, fit$surv[i])
      put(name, "risk", i, fit$n.risk[i])
      put(name, "se", i, fit$std.err[i])
    }
    put(name, paste("lower", type), i, fit$lower[i])
    put(name, paste("upper", type), i, fit$upper[i])
    # print(fit) and quantile(fit) differ where the curve is level at 0.5 up to its end.
    put(name, paste("median", type), c("value", "lower", "upper"),
        summary(fit)$table[c("median", "0.95LCL", "0.95UCL")])
    put(name, paste("quantile", type), 0.5, quantile(fit, probs = 0.5)$quantile)
    for (p in c(0.25, 0.75)) {
      q <- quantile(fit, probs = p)
      put(name, paste("quantile", type), p, q$quantile)
      put(name, paste("quantile lower", type), p, q$lower)
      put(name, paste("quantile upper", type), p, q$upper)
    }
    for (share in c(0.25, 0.5, 0.9)) {
      s <- summary(fit, times = share * span)
      put(name, paste("at", type), share, s$surv)
      put(name, paste("at lower", type), share, s$lower)
      put(name, paste("at upper", type), share, s$upper)
      if (type == "plain") put(name, "at risk", share, s$n.risk)
    }
    follow <- survfit(Surv(time, 1 - event) ~ 1, data = data, conf.type = type)
    put(name, paste("follow-up", type), c("value", "lower", "upper"),
        summary(follow)$table[c("median", "0.95LCL", "0.95UCL")])
  }
  if (nrow(data) > 1) {
    fit <- survfit(Surv(time, event) ~ 1, data = data)
    rmean <- survival:::survmean(fit, scale = 1, rmean = 0.75 * span)$matrix["rmean"]
    if (is.null(rmean) || is.na(rmean))
      rmean <- survival:::survmean(fit, scale = 1, rmean = 0.75 * span)$matrix["*rmean"]
    put(name, "restricted mean", 0.75, unname(rmean))
  }
  if (length(unique(data$group)) > 1 && sum(data$event) > 0) {
    test <- survdiff(Surv(time, event) ~ group, data = data)
    put(name, "log-rank", c("chisq", "df", "p"),
        c(test$chisq, length(test$n) - 1,
          pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE)))
    if (length(unique(data$stratum)) > 1) {
      test <- survdiff(Surv(time, event) ~ group + strata(stratum), data = data)
      put(name, "log-rank stratified", c("chisq", "df", "p"),
          c(test$chisq, length(test$n) - 1,
            pchisq(test$chisq, length(test$n) - 1, lower.tail = FALSE)))
    }
    if (!name %in% c("not_reached", "flat_to_the_end")) for (ties in c("efron", "breslow")) {
      fit <- coxph(Surv(time, event) ~ group, data = data, ties = ties,
                   control = coxph.control(eps = 1e-13, toler.chol = 1e-14, iter.max = 100))
      s <- summary(fit)
      for (i in seq_len(nrow(s$coefficients))) {
        group <- sub("^group", "", rownames(s$coefficients)[i])
        put(name, paste("cox", ties), paste(group, c("ratio", "lower", "upper", "p")),
            c(s$conf.int[i, c(1, 3, 4)], s$coefficients[i, 5]))
      }
    }
  }
}

# Proportions. R has no function of base for Wald, Agresti-Coull, Jeffreys and mid-p: by formula.
midp <- function(x, n, level) {
  a <- (1 - level) / 2
  root <- function(f) uniroot(f, c(0, 1), tol = 1e-16, maxiter = 10000)$root
  c(if (x == 0) 0 else root(function(p)
      pbinom(x, n, p, lower.tail = FALSE) + dbinom(x, n, p) / 2 - a),
    if (x == n) 1 else root(function(p) pbinom(x - 1, n, p) + dbinom(x, n, p) / 2 - a))
}
cut <- function(ci) pmin(pmax(ci, 0), 1)
sizes <- c(1, 2, 7, 10, 31, 44, 83, 254, 1000)
for (level in c(0.9, 0.95)) for (n in sizes) {
  for (x in unique(round(n * c(0, 0.02, 0.13, 0.35, 0.5, 0.81, 1)))) {
    z <- qnorm(1 - (1 - level) / 2)
    p <- x / n
    key <- paste(x, n, level, c("lower", "upper"))
    put("proportion", "Clopper-Pearson", key, binom.test(x, n, conf.level = level)$conf.int)
    score <- function(correct) suppressWarnings(
      prop.test(x, n, conf.level = level, correct = correct)$conf.int)
    put("proportion", "Wilson", key, score(FALSE))
    if (abs(x - n / 2) >= 0.5)
      put("proportion", "Wilson with continuity correction", key, score(TRUE))
    put("proportion", "Wald", key, cut(p + c(-1, 1) * z * sqrt(p * (1 - p) / n)))
    centre <- (x + z^2 / 2) / (n + z^2)
    put("proportion", "Agresti-Coull", key,
        cut(centre + c(-1, 1) * z * sqrt(centre * (1 - centre) / (n + z^2))))
    tails <- qbeta(c((1 - level) / 2, 1 - (1 - level) / 2), x + 0.5, n - x + 0.5)
    if (x == 0) tails[1] <- 0
    if (x == n) tails[2] <- 1
    put("proportion", "Jeffreys", key, tails)
    put("proportion", "mid-p", key, midp(x, n, level))
  }
}

# Rates between groups: counts "x1/n1 x2/n2 ...".
tables <- list(c(3, 10, 7, 10), c(12, 31, 5, 30), c(0, 12, 4, 11), c(16, 86, 18, 84),
               c(1, 5, 1, 5), c(9, 9, 4, 8), c(120, 400, 90, 380), c(5, 44, 0, 20),
               c(16, 86, 18, 84, 18, 84), c(11, 86, 7, 84, 8, 84), c(2, 9, 5, 8, 1, 10, 3, 4))
for (t in tables) {
  x <- t[seq(1, length(t), 2)]
  n <- t[seq(2, length(t), 2)]
  m <- rbind(x, n - x)
  key <- paste(x, n, sep = "/", collapse = " ")
  quiet <- suppressWarnings
  put("rates", "Fisher", key, fisher.test(m, workspace = 2e7)$p.value)
  put("rates", "Pearson", key, quiet(chisq.test(m, correct = FALSE))$p.value)
  if (length(x) == 2) {
    put("rates", "Yates", key, quiet(chisq.test(m))$p.value)
    put("rates", "Fisher greater", key, fisher.test(m, alternative = "greater")$p.value)
    put("rates", "Fisher less", key, fisher.test(m, alternative = "less")$p.value)
  }
}

write.csv(do.call(rbind, rows), file.path(out, "results.csv"), row.names = FALSE, quote = FALSE)
