using Fathom.Analytics.Fills;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Analytics.Profit;

/// <summary>The records of all positions, by strategy and instrument.</summary>
internal sealed class PositionRecords(int pointsMax)
{
    private readonly SortedDictionary<(ushort Strategy, int Instrument), PositionRecord> _records = [];

    /// <summary>In the order of strategies, then instruments.</summary>
    public IEnumerable<KeyValuePair<(ushort Strategy, int Instrument), PositionRecord>> All => _records;

    public void Note(MarkedFill fill) => Open(fill.Fill.Output.Strategy, fill.Fill.Header.Instrument).Note(fill);

    public void Note(in PositionEvent position) => Open(position.Output.Strategy, position.Header.Instrument).Note(position);

    /// <summary>Splits what the positions came to, in the order of strategies, then instruments. Outcomes of one strategy and instrument are added up.</summary>
    /// <exception cref="ArgumentException">A position that had a fill has no outcome.</exception>
    public List<ProfitSplit> Split(IReadOnlyList<PositionOutcome> outcomes)
    {
        List<ProfitSplit> splits = [];
        foreach (((ushort strategy, int instrument), PositionRecord record) in _records)
        {
            CurrencyCode currency = CurrencyCode.None;
            bool hasOutcome = false;
            decimal gross = 0, fees = 0;
            Volume position = default;
            foreach (PositionOutcome outcome in outcomes)
            {
                if (outcome.Strategy != strategy || outcome.Instrument.Index != instrument) continue;
                hasOutcome = true;
                currency = outcome.Currency;
                gross += outcome.Realized + outcome.Unrealized;
                fees += outcome.Fees;
                position += outcome.Quantity;
            }
            if (!hasOutcome)
                throw new ArgumentException($"The position of strategy {strategy} in instrument #{instrument} had fills, but no outcome is given.", nameof(outcomes));
            decimal spread = record.Spread;
            splits.Add(new ProfitSplit(strategy, new InstrumentId(instrument), currency, spread, gross - spread, fees, record.FillCount, record.Traded, position));
        }
        return splits;
    }

    private PositionRecord Open(ushort strategy, InstrumentId instrument)
    {
        if (!_records.TryGetValue((strategy, instrument.Index), out PositionRecord? record))
            _records.Add((strategy, instrument.Index), record = new PositionRecord(pointsMax));
        return record;
    }
}
