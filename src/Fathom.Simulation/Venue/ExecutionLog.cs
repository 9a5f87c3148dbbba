using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Messages;
using Fathom.Domain.Values;
using Fathom.Engine.Portfolio;
using Fathom.Market.Universe;

namespace Fathom.Simulation.Venue;

/// <summary>The executions that the venue remembers, as they were reported: the last 8,192 fills, older ones of live orders, and the last 8,192 changes of fills.</summary>
/// <remarks>A fill costs a copy of its report. Everything else is worked out by whoever asks, fill by fill. What is forgotten goes on counting in the average price of its
/// instrument's position.</remarks>
internal sealed class ExecutionLog(Instruments instruments, OrderNames names)
{
    public const int CountMax = 8_192;

    private readonly List<OrderReport> _older = [];      // of live orders, older than the circle's, oldest first
    private readonly List<ExecutionChanged> _changes = [];
    private readonly Dictionary<ExecutionId, ExecutionChanged> _newest = [];      // by the id of a fill of the circle: its last change
    private Position?[] _forgotten = [];      // by instrument
    private OrderReport[] _fills = new OrderReport[1024];      // a circle once it has its full length: it grows twice
    private int _next;
    private int _count;

    /// <summary>How many it remembers.</summary>
    public int Count => _count + _older.Count + _changes.Count;

    /// <param name="fill">As it is reported.</param>
    public void Add(in OrderReport fill)
    {
        if (_count == CountMax) Forget(in _fills[_next]);
        else if (_count++ == _fills.Length) Array.Resize(ref _fills, _fills.Length * 8);
        _fills[_next] = fill;
        _next = _next == CountMax - 1 ? 0 : _next + 1;
    }

    /// <summary>The order is over: what is older than the circle is forgotten.</summary>
    public void Release(OwnOrder order)
    {
        if (order.HasOlderExecutions) ForgetOlder(order.VenueOrderId);
    }

    // ---- what is taken back or corrected

    /// <summary>Finds an execution that counts: a fill that was not changed, or its last correction. Those that are older than the last 8,192 fills are not found.</summary>
    /// <param name="fill">The id of the fill.</param>
    /// <param name="change">What a change of it says of how it was.</param>
    public bool TryFind(ExecutionId id, out ExecutionId fill, out ExecutionChanged change)
    {
        foreach (ref readonly OrderReport one in _fills.AsSpan(0, _count))
        {
            fill = one.ExecutionId;
            if (_newest.TryGetValue(fill, out change))
            {
                if (change.ExecutionId != id || change.NewQuantity.IsZero) continue;
                (change.OldPrice, change.OldQuantity, change.OldFeeNanos) = (change.NewPrice, change.NewQuantity, change.NewFeeNanos);
            }
            else if (fill == id)
            {
                change = Unchanged(in one);
            }
            else
            {
                continue;
            }
            change.Original = id;
            return true;
        }
        (fill, change) = (ExecutionId.None, default);
        return false;
    }

    /// <summary>A fill was changed.</summary>
    /// <param name="fill">Its id.</param>
    /// <param name="change">As it is reported.</param>
    public void Change(ExecutionId fill, in ExecutionChanged change)
    {
        if (_changes.Count == CountMax) _changes.RemoveAt(0);
        _changes.Add(change);
        _newest[fill] = change;
    }

    private static ExecutionChanged Unchanged(in OrderReport fill) => new()
    {
        Header = new MessageHeader { Instrument = fill.Header.Instrument },
        ClientOrderId = fill.ClientOrderId,
        VenueOrderId = fill.VenueOrderId,
        OldPrice = fill.LastPrice,
        OldQuantity = fill.LastQuantity,
        OldFeeNanos = fill.FeeNanos,
        Side = fill.Side,
        Liquidity = fill.Liquidity,
        PositionSide = fill.PositionSide,
    };

    // ---- questions

    /// <summary>Repeats all executions of an order: its fills, then their changes, each oldest first.</summary>
    public void Repeat(ulong venueOrderId, ReportWriter reports, Timestamp now)
    {
        foreach (ref readonly OrderReport fill in CollectionsMarshal.AsSpan(_older))
            if (fill.VenueOrderId == venueOrderId) reports.Repeat(in fill, now);
        for (int i = 0; i < _count; i++)
            if (At(i).VenueOrderId == venueOrderId) reports.Repeat(in At(i), now);
        foreach (ref readonly ExecutionChanged change in CollectionsMarshal.AsSpan(_changes))
            if (change.VenueOrderId == venueOrderId) reports.Repeat(in change, now);
    }

    /// <summary>Repeats all executions from a venue time on: fills, then changes, each oldest first.</summary>
    /// <returns>How many there were.</returns>
    public int RepeatSince(Timestamp since, ReportWriter reports, Timestamp now)
    {
        int repeated = 0;
        foreach (ref readonly OrderReport fill in CollectionsMarshal.AsSpan(_older))
            if (fill.Header.EventTime >= since) Repeat(in fill, reports, now, ref repeated);
        for (int i = 0; i < _count; i++)
            if (At(i).Header.EventTime >= since) Repeat(in At(i), reports, now, ref repeated);
        foreach (ref readonly ExecutionChanged change in CollectionsMarshal.AsSpan(_changes))
        {
            if (change.Header.EventTime < since) continue;
            reports.Repeat(in change, now);
            repeated++;
        }
        return repeated;
    }

    /// <summary>The account's position in each instrument that it ever traded in, by the instrument's index, with its average price.</summary>
    public Position?[] Positions()
    {
        Position?[] positions = new Position?[_forgotten.Length];
        for (int i = 0; i < positions.Length; i++)
            if (_forgotten[i] is { Quantity.IsZero: false } begun) Begin(ref positions, i).Book(begun.Quantity.IsPositive ? Side.Buy : Side.Sell, begun.AveragePrice, Size(begun.Quantity));
        for (int i = 0; i < _count; i++) Book(ref positions, in At(i));
        return positions;
    }

    private static void Repeat(in OrderReport fill, ReportWriter reports, Timestamp now, ref int repeated)
    {
        reports.Repeat(in fill, now);
        repeated++;
    }

    /// <summary>Books a fill as it counts now.</summary>
    private void Book(ref Position?[] positions, in OrderReport fill)
    {
        Position position = Begin(ref positions, fill.Header.Instrument.Index);
        if (_newest.Count == 0 || !_newest.TryGetValue(fill.ExecutionId, out ExecutionChanged change)) position.Book(fill.Side, fill.LastPrice, fill.LastQuantity);
        else if (change.NewQuantity.IsPositive) position.Book(fill.Side, change.NewPrice, change.NewQuantity);
    }

    private Position Begin(ref Position?[] positions, int index)
    {
        if (index >= positions.Length) Array.Resize(ref positions, index + 1);
        return positions[index] ??= new Position(instruments[new InstrumentId(index)].Kind == InstrumentKind.Inverse);
    }

    private static Quantity Size(Quantity signed) => signed.IsPositive ? signed : -signed;

    /// <summary>Of the circle's fills, counted from the oldest.</summary>
    private ref readonly OrderReport At(int age) => ref _fills[_count < CountMax ? age : (_next + age) & (CountMax - 1)];

    // ---- what is too old

    private void Forget(in OrderReport fill)
    {
        Book(ref _forgotten, in fill);
        if (_newest.Count > 0) _newest.Remove(fill.ExecutionId);
        if (!names.TryFind(fill.ClientOrderId, fill.VenueOrderId, out OwnOrder? order)) return;
        order.HasOlderExecutions = true;
        _older.Add(fill);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void ForgetOlder(ulong venueOrderId) => _older.RemoveAll(fill => fill.VenueOrderId == venueOrderId);
}
