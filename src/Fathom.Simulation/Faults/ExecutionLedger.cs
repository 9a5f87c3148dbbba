using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Simulation.Faults;

/// <summary>
/// Double entry of executions, each counted once by its id, in whatever order and however often they come: what was bought less what was sold, and what flowed for it. Busts and
/// corrections are executions too: one counts unless another one has changed it, whichever came first. Kept apart from all that the engine computes, and as plain as it can be: sums of products of whole numbers.
/// </summary>
/// <param name="ownerOf">Whose an order is: a strategy's number, −1 of nobody of ours.</param>
internal sealed class ExecutionLedger(Func<ClientOrderId, int> ownerOf)
{
    private readonly HashSet<ExecutionId> _seen = [];
    private readonly HashSet<ExecutionId> _over = [];      // those that another one has changed, whether they have come or not
    private readonly SortedDictionary<(int Owner, int Instrument), Entry> _entries = [];

    /// <summary>What one owner did in one instrument.</summary>
    internal sealed class Entry
    {
        /// <summary>Bought less sold, units of 1e-9.</summary>
        public long Quantity;
        /// <summary>Paid in less paid out for it, without fees: units of 1e-18, before the multiplier.</summary>
        public Int128 Flow;
        /// <summary>Units of 1e-9.</summary>
        public Int128 Fees;
        /// <summary>A position was adopted without a price: what flowed for it nobody can say.</summary>
        public bool HasUnknownFlow;
    }

    public IEnumerable<KeyValuePair<(int Owner, int Instrument), Entry>> Entries => _entries;

    public long Executions => _seen.Count;

    /// <summary>True when the execution was not seen before.</summary>
    public bool TryAdd(in OrderReport fill) =>
        TryAdd(fill.ExecutionId, new Terms(ownerOf(fill.ClientOrderId), fill.Header.Instrument.Index, fill.Side, fill.LastPrice, fill.LastQuantity, fill.FeeNanos));

    /// <inheritdoc cref="TryAdd(in OrderReport)"/>
    public bool TryAdd(in ExecutionChanged change)
    {
        Terms now = new(ownerOf(change.ClientOrderId), change.Header.Instrument.Index, change.Side, change.NewPrice, change.NewQuantity, change.NewFeeNanos);
        if (!TryAdd(change.ExecutionId, now)) return false;
        if (_over.Add(change.Original) && _seen.Contains(change.Original)) Book(now with { Price = change.OldPrice, Quantity = change.OldQuantity, FeeNanos = change.OldFeeNanos }, -1);
        return true;
    }

    /// <summary>A position that is there without an execution.</summary>
    public void Adopt(int instrument, long quantity)
    {
        Entry entry = Of(-1, instrument);
        entry.Quantity += quantity;
        entry.HasUnknownFlow = true;
    }

    /// <summary>Over all owners, units of 1e-9.</summary>
    public long Position(int instrument)
    {
        long position = 0;
        foreach (((_, int of), Entry entry) in _entries)
            if (of == instrument) position += entry.Quantity;
        return position;
    }

    public long Position(int owner, int instrument) => _entries.TryGetValue((owner, instrument), out Entry? entry) ? entry.Quantity : 0;

    private bool TryAdd(ExecutionId id, Terms terms)
    {
        if (!_seen.Add(id)) return false;
        if (!_over.Contains(id)) Book(terms, 1);
        return true;
    }

    private void Book(Terms terms, int sign)
    {
        Entry entry = Of(terms.Owner, terms.Instrument);
        if (terms.Quantity.IsZero) return;
        long signed = sign * terms.Side.Sign() * terms.Quantity.Nanos;
        entry.Quantity += signed;
        entry.Flow -= (Int128)signed * terms.Price.Nanos;
        entry.Fees += sign * (Int128)terms.FeeNanos;
    }

    private Entry Of(int owner, int instrument)
    {
        if (!_entries.TryGetValue((owner, instrument), out Entry? entry)) _entries.Add((owner, instrument), entry = new Entry());
        return entry;
    }

    private readonly record struct Terms(int Owner, int Instrument, Side Side, Price Price, Quantity Quantity, long FeeNanos);
}
