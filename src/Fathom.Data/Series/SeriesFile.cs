using System.Globalization;
using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Data.Series;

/// <summary>Reads a series from a CSV file, whole: what is wrong with a row is said before anything runs.</summary>
public static class SeriesFile
{
    /// <summary>Rows that are held to be sorted by the time at which they became known: 192 MB of them.</summary>
    public const int RowsMax = 1_000_000;

    /// <param name="number">The series' number.</param>
    /// <exception cref="InputException">The file, a column or a row is not what the options say.</exception>
    public static SeriesSource Read(SeriesOptions options, ushort number)
    {
        using CsvReader csv = CsvReader.Open(options.File, $"a CSV file with the series {options.Name}");
        int time = csv.Column(options.Time), available = options.AvailableAt is null ? -1 : csv.Column(options.AvailableAt), key = options.Key is null ? -1 : csv.Column(options.Key);
        int[] values = ValueColumns(csv, options, [time, available, key]);
        SeriesDefinition definition = Define(csv, options, number, values);
        List<SeriesObservation> points = [];
        while (csv.Read())
        {
            if (points.Count == RowsMax) throw new InputException($"{csv.Path}:{csv.Line}", $"more than {RowsMax} rows", "at most as many", "Split the file into several series, or thin it out.");
            Timestamp about = TimeIn(csv, time);
            SeriesObservation point = new()
            {
                Header = MessageHeader.Create<SeriesObservation>(
                    MessageType.SeriesPoint, source: 0, InstrumentId.None, about, available < 0 ? about + options.Delay : TimeIn(csv, available)),
                Series = number,
                Key = key < 0 ? default : KeyIn(csv, key),
            };
            for (int i = 0; i < values.Length; i++) point.Values[i] = NumberIn(csv, values[i]);
            points.Add(point);
        }
        if (points.Count == 0) throw new InputException(csv.Path, "column names and no row", "at least one point of the series", "Name another file, or leave the series out.");
        return new SeriesSource(options.Name, in definition, InOrder(points));
    }

    private static int[] ValueColumns(CsvReader csv, SeriesOptions options, int[] others)
    {
        int[] columns = options.Values.Count > 0
            ? [.. options.Values.Select(csv.Column)]
            : [.. Enumerable.Range(0, csv.Columns.Count).Where(column => !others.Contains(column))];
        if (columns.Length is > 0 and <= SeriesValues.Length) return columns;
        throw new InputException($"{csv.Path}:1", columns.Length == 0 ? "no column of values" : $"{columns.Length} columns of values", $"1 to {SeriesValues.Length}",
            columns.Length == 0 ? "Add one to the file." : "Name those that are wanted: values = [\"…\"].");
    }

    private static SeriesDefinition Define(CsvReader csv, SeriesOptions options, ushort number, int[] values)
    {
        SeriesDefinition definition = new()
        {
            Header = MessageHeader.Create<SeriesDefinition>(MessageType.SeriesDefined, source: 0, InstrumentId.None, Timestamp.None, Timestamp.None),
            Series = number,
            ValueCount = (byte)values.Length,
            Name = NameText.From(options.Name),
        };
        for (int i = 0; i < values.Length; i++)
        {
            string column = csv.Columns[values[i]];
            if (column.Length == 0 || !NameText.TryFrom(column, out definition.ValueNames[i]))
                throw new InputException($"{csv.Path}:1", $"the column '{column}'", $"a name of 1 to {NameText.Length} bytes", "Rename it, or leave it out of values.");
        }
        return definition;
    }

    private static Timestamp TimeIn(CsvReader csv, int column) => Timestamp.TryParse(csv[column], out Timestamp time)
        ? time
        : throw csv.Wrong(column, "a time with a zone (2026-01-05T14:30:00Z), or integer nanoseconds since 1970", "Correct it; a time without a zone could be any hour of the day.");

    private static NameText KeyIn(CsvReader csv, int column) => NameText.TryFrom(csv[column], out NameText key)
        ? key
        : throw csv.Wrong(column, $"a key of at most {NameText.Length} bytes", "Shorten it.");

    private static double NumberIn(CsvReader csv, int column)
    {
        string text = csv[column];
        if (text.Length == 0) return double.NaN;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && !double.IsInfinity(number)) return double.IsNaN(number) ? double.NaN : number;
        throw csv.Wrong(column, "a finite number with a point, or nothing where it is missing", "Correct it, or name the columns that are numbers: values = [\"…\"].");
    }

    /// <summary>By the time at which they became known; of one time in the file's order.</summary>
    private static SeriesObservation[] InOrder(List<SeriesObservation> points)
    {
        for (int i = 1; i < points.Count; i++)
            if (points[i].Header.ReceiveTime < points[i - 1].Header.ReceiveTime) return [.. points.OrderBy(point => point.Header.ReceiveTime)];      // a stable sort
        return [.. points];
    }
}
