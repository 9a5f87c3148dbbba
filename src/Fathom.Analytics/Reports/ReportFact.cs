namespace Fathom.Analytics.Reports;

/// <summary>One line of a report's lists.</summary>
public sealed record ReportFact(string Name, string Value);
