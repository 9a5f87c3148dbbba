using Fathom.Analytics.Statistics;
using Fathom.Data.Files;
using Fathom.Domain;

namespace Fathom.Host.FeatureTables.Stability;

/// <summary>Whether the columns of a table are fit for use: what is missing, what drifts, what repeats another, and whether any looked ahead.</summary>
internal sealed record StabilityReport(IReadOnlyList<InstrumentStability> Instruments, LookAheadResult LookAhead)
{
    /// <summary>Above this amount two columns say the same.</summary>
    public const double ClusterThreshold = 0.95;

    /// <summary>Numbers that are held: 400 MB.</summary>
    public const long NumbersMax = 50_000_000;

    /// <param name="path">A table as CSV.</param>
    /// <exception cref="InputException">It is too large to be held.</exception>
    public static StabilityReport Of(string path, FeatureTableColumns columns, FeatureTableRows rows, LookAheadResult lookAhead)
    {
        FeatureTableColumn[] all = [.. columns.All];
        if (rows.Count * all.Length > NumbersMax)
            throw new InputException("--validate", $"{rows.Count} rows of {all.Length} columns", $"at most {NumbersMax} numbers", "Take fewer rows, for example [features.table] rows = \"1m\", or leave --validate out; the table itself is written.");
        Dictionary<string, (List<string> Times, List<double>[] Values)> read = Read(path, all);
        string[] names = [.. all.Where(column => !column.IsTime).Select(column => column.Name)];
        return new([.. read.Select(instrument => Judge(instrument.Key, instrument.Value.Times, names, [.. instrument.Value.Values.Select(values => values.ToArray())]))], lookAhead);
    }

    /// <param name="values">By column, in the order of time; NaN = not known.</param>
    internal static ColumnStability Judge(string name, double[] values)
    {
        double[] sorted = Sorted(values), first = Sorted(values.AsSpan(0, values.Length / 2)), second = Sorted(values.AsSpan(values.Length / 2));
        double mean = sorted.Length == 0 ? double.NaN : sorted.Average(), squares = sorted.Sum(value => (value - mean) * (value - mean));
        KolmogorovSmirnov drift = KolmogorovSmirnov.Of(first, second);
        bool isConstant = sorted.Length > 0 && sorted[0] == sorted[^1];
        return new ColumnStability
        {
            Name = name,
            Known = sorted.Length,
            MissingShare = 1 - (double)sorted.Length / values.Length,
            IsConstant = isConstant,
            Mean = mean,
            Deviation = sorted.Length < 2 ? double.NaN : isConstant ? 0 : Math.Sqrt(squares / (sorted.Length - 1)),
            Quantiles = [.. ColumnStability.QuantileShares.Select(share => Quantiles.Of(sorted, share))],
            DriftDistance = drift.Distance,
            DriftProbability = drift.Probability,
            StabilityIndex = PopulationStability.Index(first, second),
            Autocorrelations = [.. Enumerable.Range(1, ColumnStability.LagsMax).Select(lag => isConstant ? double.NaN : Autocorrelation.Of(values, lag))],
        };
    }

    private static InstrumentStability Judge(string symbol, IReadOnlyList<string> times, string[] names, double[][] values)
    {
        double[,] correlations = new double[names.Length, names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            for (int j = 0; j <= i; j++)
                correlations[i, j] = correlations[j, i] = Correlation.Of(values[i], values[j]);
        }
        return new InstrumentStability(symbol, times, values, [.. names.Select((name, i) => Judge(name, values[i]))], correlations, Correlation.Clusters(correlations, ClusterThreshold));
    }

    private static double[] Sorted(ReadOnlySpan<double> values)
    {
        double[] known = new double[values.Length];
        int count = 0;
        foreach (double value in values)
            if (!double.IsNaN(value)) known[count++] = value;
        Array.Resize(ref known, count);
        Array.Sort(known);
        return known;
    }

    private static Dictionary<string, (List<string>, List<double>[])> Read(string path, FeatureTableColumn[] columns)
    {
        int[] numbers = [.. Enumerable.Range(0, columns.Length).Where(i => !columns[i].IsTime)];
        Dictionary<string, (List<string> Times, List<double>[] Values)> read = [];      // in the order in which they come
        using CsvReader csv = CsvReader.Open(path, "a feature table");
        while (csv.Read())
        {
            if (!read.TryGetValue(csv[1], out (List<string> Times, List<double>[] Values) instrument))
                read.Add(csv[1], instrument = ([], [.. numbers.Select(_ => new List<double>())]));
            instrument.Times.Add(csv[0]);
            for (int i = 0; i < numbers.Length; i++) instrument.Values[i].Add(FeatureTableColumns.Number(csv[numbers[i] + FeatureTableColumns.Leading]));
        }
        return read;
    }
}
