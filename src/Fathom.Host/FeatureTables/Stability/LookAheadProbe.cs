using Fathom.Data.Files;
using Fathom.Domain;
using Fathom.Domain.Values;
using Fathom.Host.Sessions;
using Fathom.Host.Terminal;

namespace Fathom.Host.FeatureTables.Stability;

/// <summary>Computes the features again on data that is cut off at some moments. What stands in the rows before must be the same, bit by bit: nothing of it can have come from behind the cut.</summary>
internal static class LookAheadProbe
{
    /// <summary>Parts of the rows after which the data is cut.</summary>
    private static readonly double[] s_shares = [0.2, 0.4, 0.6, 0.8];

    /// <param name="table">The table of all data, as CSV.</param>
    /// <param name="scratch">A file that may be written, and is gone afterwards.</param>
    public static LookAheadResult Run(BacktestSettings settings, FeatureTableColumns columns, string table, FeatureTableRows rows, string scratch, Screen screen, CancellationToken stop)
    {
        FeatureTableColumns features = FeatureTableColumns.Of(settings.Engine.Features, []);
        List<string> moments = [];
        long compared = 0;
        LookAheadDifference? difference = null;
        try
        {
            foreach (Timestamp moment in Moments(table, rows.Count))
            {
                if (difference is not null) break;
                BacktestSettings part = settings with { Market = settings.Market with { Reading = settings.Market.Reading with { End = moment } } };
                FeatureTableRows written = FeatureTableRun.Write(part, features, scratch, $"Look-ahead {moments.Count + 1}", screen, stop, isPart: true);
                moments.Add(moment.ToString());
                difference = Compare(table, scratch, moment.ToString(), written.DataEnd, features.Names, ref compared);
            }
        }
        finally
        {
            File.Delete(scratch);
        }
        return new LookAheadResult(moments, compared, difference);
    }

    /// <summary>The first difference of the rows of a part and the first rows of the whole. Labels of the whole are left out.</summary>
    /// <param name="end">Time of the last input of the part: earlier rows of the whole have to be there.</param>
    /// <param name="names">Columns of the part, with which the whole begins.</param>
    internal static LookAheadDifference? Compare(string whole, string part, string moment, Timestamp end, IReadOnlyList<string> names, ref long compared)
    {
        using CsvReader all = CsvReader.Open(whole, "a feature table"), few = CsvReader.Open(part, "a feature table");
        while (few.Read())
        {
            if (!all.Read()) return new LookAheadDifference(moment, few[0], few[1], "", "", "there");
            for (int i = 0; i < names.Count; i++)
                if (!Equals(all[i], few[i])) return new LookAheadDifference(moment, all[0], all[1], names[i], all[i], few[i]);
            compared++;
        }
        if (all.Read() && Timestamp.TryParse(all[0], out Timestamp next) && next < end) return new LookAheadDifference(moment, all[0], all[1], "", "there", "");
        return null;
    }

    private static List<Timestamp> Moments(string table, long count)
    {
        Queue<long> at = new(s_shares.Select(share => (long)(share * count)).Where(row => row > 0).Distinct());
        List<Timestamp> moments = [];
        using CsvReader csv = CsvReader.Open(table, "a feature table");
        for (long row = 0; at.Count > 0 && csv.Read(); row++)
        {
            if (row != at.Peek()) continue;
            at.Dequeue();
            // Behind the row's own moment, so that the row itself is compared where something else comes at that time.
            if (Timestamp.TryParse(csv[0], out Timestamp time)) moments.Add(time + new Duration(1));
        }
        return moments;
    }
}
