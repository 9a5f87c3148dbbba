using Fathom.Domain.Values;
using Fathom.Engine.Features;

namespace Fathom.Host.Verify;

/// <summary>Feeds the rows of a table to a feature, whatever it takes. Of each row: a session opens, if one does; the sample is taken; outputs that follow time are brought to the row's.</summary>
public sealed class FeatureRun(Feature feature)
{
    private readonly BookSample _book = new(FeatureTable.Depth);

    /// <summary>The moment at which every table starts: 2025-01-02T00:00:00Z.</summary>
    public static Timestamp Start { get; } = new(1_735_776_000 * Timestamp.NanosPerSecond);

    /// <summary>The outputs after each row of a table, row by row; NaN = not known.</summary>
    public static double[] Outputs(Feature feature, FeatureTable table)
    {
        FeatureRun run = new(feature);
        double[] outputs = new double[table.Rows * feature.OutputCount];
        for (int row = 0, at = 0; row < table.Rows; row++)
        {
            run.Take(table.Row(row));
            for (int output = 0; output < feature.OutputCount; output++) outputs[at++] = feature[output];
        }
        return outputs;
    }

    /// <summary>Takes a row. Allocates nothing.</summary>
    public void Take(ReadOnlySpan<double> row)
    {
        Timestamp time = new(Start.Nanos + (long)row[FeatureTable.Time]);
        if (row[FeatureTable.Opens] != 0 && feature.FollowsSessions) feature.OpenSession();
        TakeSample(time, row);
        if (feature.FollowsTime) feature.AsOf(time);
    }

    private void TakeSample(Timestamp time, ReadOnlySpan<double> row)
    {
        switch (feature)
        {
            case ValueFeature values:
                values.Add(time, row[FeatureTable.Value]);
                break;
            case PairFeature pairs when row[FeatureTable.Which] == 0:
                pairs.AddFirst(time, row[FeatureTable.PairValue]);
                break;
            case PairFeature pairs:
                pairs.AddSecond(time, row[FeatureTable.PairValue]);
                break;
            case BarFeature bars:
                bars.Add(new BarSample(time, row[FeatureTable.Open], row[FeatureTable.High], row[FeatureTable.Low], row[FeatureTable.Close], row[FeatureTable.Volume]));
                break;
            case TapeFeature tape:
                TakeTape(tape, time, row);
                break;
        }
    }

    private void TakeTape(TapeFeature tape, Timestamp time, ReadOnlySpan<double> row)
    {
        switch (row[FeatureTable.Kind])
        {
            case FeatureTable.BookKind when tape.TakesBook:
                Fill(time, row);
                tape.TakeBook(_book);
                break;
            case FeatureTable.TradeKind when tape.TakesTrades:
                tape.TakeTrade(new TradeSample(time, row[FeatureTable.Price], row[FeatureTable.Quantity], (int)row[FeatureTable.Sign], row[FeatureTable.Bid], row[FeatureTable.Ask]));
                break;
        }
    }

    private void Fill(Timestamp time, ReadOnlySpan<double> row)
    {
        _book.Time = time;
        _book.IsStale = row[FeatureTable.Stale] != 0;
        (_book.BidAhead, _book.AskAhead) = (row[FeatureTable.BidAhead], row[FeatureTable.AskAhead]);
        (_book.BidCount, _book.AskCount) = ((int)row[FeatureTable.BidCount], (int)row[FeatureTable.AskCount]);
        for (int level = 0; level < _book.BidCount; level++) _book.SetBid(level, row[FeatureTable.Bids + 2 * level], row[FeatureTable.Bids + 2 * level + 1]);
        for (int level = 0; level < _book.AskCount; level++) _book.SetAsk(level, row[FeatureTable.Asks + 2 * level], row[FeatureTable.Asks + 2 * level + 1]);
    }
}
