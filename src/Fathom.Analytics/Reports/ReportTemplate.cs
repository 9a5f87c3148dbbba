using System.Reflection;
using Fathom.Domain;

namespace Fathom.Analytics.Reports;

/// <summary>The page in which a report's data is shown; it is built from <c>web/report</c> and comes with the program.</summary>
public static class ReportTemplate
{
    /// <summary>Where the data goes, once in the page, inside a script element of type application/json.</summary>
    public const string Marker = "/*REPORT_DATA*/";

    /// <summary>The page of a run, and the one that compares the lanes of a run.</summary>
    public const string Run = "report.html", Lanes = "lanes.html";

    /// <param name="page"><see cref="Run"/> or <see cref="Lanes"/>.</param>
    public static string Read(string page = Run)
    {
        using Stream? stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(page);
        Invariant.Require(stream is not null, "the report's page comes with the program");
        using StreamReader reader = new(stream);
        return reader.ReadToEnd();
    }
}
