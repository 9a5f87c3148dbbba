using System.Globalization;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Engine.Features.Catalog;

namespace Fathom.Host.Verify;

/// <summary>The user's bars, from a CSV file with the columns time, open, high, low, close and volume: as bars, their closes as values, closes and opens as a pair.</summary>
internal static class BarFile
{
    private const string Kind = "a CSV file of bars";

    private static readonly string[] s_numbers = ["open", "high", "low", "close", "volume"];

    /// <param name="rowsMax">Bars that are taken, the first of the file.</param>
    /// <exception cref="InputException">It is no such file, has no bar, or times that run backwards.</exception>
    public static IReadOnlyList<FeatureTable> Read(string path, int rowsMax)
    {
        string name = Path.GetFileName(path);
        List<double> bars = [], closes = [], pairs = [];
        using CsvReader csv = CsvReader.Open(path, Kind);
        int timeColumn = csv.Column("time");
        int[] columns = [.. s_numbers.Select(csv.Column)];
        Timestamp first = Timestamp.None, last = Timestamp.Earliest;
        for (int row = 0; row < rowsMax && csv.Read(); row++)
        {
            Timestamp time = Timestamp.TryParse(csv[timeColumn], out Timestamp stated) && stated >= last ? stated
                : throw csv.Wrong(timeColumn, "RFC 3339 with a zone, or integer nanoseconds, not before the row above", "Sort the rows by time and write it as 2025-09-29T13:30:00Z.");
            if (row == 0) first = time;
            double opens = row == 0 || time.DateUtc() != last.DateUtc() ? 1 : 0, since = (time - first).Nanos;
            last = time;
            double[] numbers = [.. columns.Select(column => Number(csv, column))];
            bars.AddRange([since, opens, .. numbers]);
            closes.AddRange([since, opens, numbers[3]]);
            pairs.AddRange([since, opens, 0, numbers[3], since, 0, 1, numbers[0]]);
        }
        if (bars.Count == 0) throw new InputException(path, "no bar", Kind, "Name another file.");
        return [new(FeatureTakes.Bars, name, [.. bars]), new(FeatureTakes.Values, $"closes of {name}", [.. closes]), new(FeatureTakes.Pairs, $"closes and opens of {name}", [.. pairs])];
    }

    /// <summary>An empty field is missing.</summary>
    private static double Number(CsvReader csv, int column) =>
        csv[column].Length == 0 ? double.NaN : double.TryParse(csv[column], NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number
        : throw csv.Wrong(column, "a number, or nothing where it is missing", "Correct the row.");
}
