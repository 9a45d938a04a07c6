package dev.virga.benchmark.report;

/** A report as one page. */
public final class HtmlReport {

    private HtmlReport() {}

    public static String page(Report report) {
        return ReportFile.json(report);
    }
}
