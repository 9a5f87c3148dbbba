using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Fathom.Domain.Hashing;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;
using Fathom.Engine.Risk;

namespace Fathom.Engine.Loop.CarryOver;

/// <summary>Writes a carry-over: everything by which the next session goes on, in an order that depends on nothing but what it is, so that what was taken on unchanged is
/// written with the same bytes.</summary>
/// <remarks>
/// <code>
///   begins │ definitions │ owners │ money │ ledgers │ peaks │ account │ kill switches, their rules' bases │ instruments, positions │ states │ stores │ lists │ orders │ others' orders │ executions │ times │ ends
/// </code>
/// A message refers only to what stands before it.
/// </remarks>
internal sealed class CarryOverWriter(CarryOverParts parts, long session) : IMessageSink
{
    private readonly List<byte> _block = [];
    private uint _count;

    /// <summary>Hands the whole block on, message by message.</summary>
    public void WriteTo(IMessageSink sink)
    {
        List<InstrumentId> instruments = Concerned();
        List<Order> orders = LiveOrders(instruments);
        Write(Begins(instruments.Count, orders.Count));
        foreach (InstrumentId instrument in instruments) WriteDefinition(instrument);
        WriteOwners();
        WriteMoney();
        foreach (InstrumentId instrument in instruments)
        {
            Write(parts.Account.CarryInstrument(instrument));
            parts.Account.CarryHoldings(instrument, this);
        }
        if (parts.States is { } states) WriteStates(states, instruments);
        for (int i = 0; i < parts.Sessions.Length; i++) parts.Sessions[i].CarryStore((ushort)i, this);
        foreach (StrategySession owner in parts.Sessions) owner.CarryLists(this);
        foreach (Order order in orders) WriteOrder(order);
        parts.Recovery.Externals.Carry(this);
        parts.Blotter.CarryExecutions(parts.Recovery.Numbers(), this);
        parts.Gate.CarryTimes(parts.Input.Clock, this);
        Close();
        HandOn(sink);
    }

    public void Write(ReadOnlySpan<byte> messages)
    {
        _block.AddRange(messages);
        _count++;
    }

    private void Write<T>(T message) where T : unmanaged => Write(Messages.AsBytes(in message));

    private CarryOverBegins Begins(int instruments, int orders) => new()
    {
        Header = CarryOverBegins.NewHeader<CarryOverBegins>(MessageType.CarryOverBegins),
        Version = CarryOverBegins.CurrentVersion,
        Owners = (ushort)parts.Sessions.Length,
        Instruments = (uint)instruments,
        Orders = (uint)orders,
        JournalId = parts.Ids[0].Journal,
        Session = session,
        Clock = parts.Input.Clock,
        Approvals = parts.Gate.Approvals,
        Outputs = parts.Publisher.Outputs,
        Descriptions = parts.Publisher.Descriptions,
        OrdersTaken = parts.Blotter.TakenCount,
    };

    /// <summary>Those that were traded, have a live order or a kill switch that is on, in the order of their ids.</summary>
    private List<InstrumentId> Concerned()
    {
        List<InstrumentId> concerned = [];
        HashSet<InstrumentId> named = [];
        foreach (ExternalOrder order in parts.Recovery.Externals.Live) named.Add(order.Instrument);
        foreach (ActiveKill kill in parts.Gate.KillSwitch.Active) named.Add(kill.Instrument);
        for (int index = 0; index < parts.Instruments.Count; index++)
        {
            InstrumentId instrument = new(index);
            if (parts.Account.IsTraded(instrument) || parts.Blotter.First(instrument) is not null || named.Contains(instrument)) concerned.Add(instrument);
        }
        return concerned;
    }

    private List<Order> LiveOrders(List<InstrumentId> instruments)
    {
        List<Order> orders = [];
        foreach (InstrumentId instrument in instruments)
            for (Order? order = parts.Blotter.First(instrument); order is not null; order = order.Next) orders.Add(order);
        return orders;
    }

    private void WriteDefinition(InstrumentId instrument)
    {
        InstrumentDefinition definition = parts.Instruments[instrument];
        ushort source = definition.Header.Source;
        definition.Header = CarryOverBegins.NewHeader<InstrumentDefinition>(MessageType.InstrumentDefined, instrument);
        definition.Header.Source = source;
        Write(definition);
    }

    private void WriteOwners()
    {
        for (int i = 0; i < parts.Sessions.Length; i++)
        {
            CarriedOwner owner = Owner((ushort)i, i);
            owner.Anomaly = parts.Gate.Modes.AnomalyOf(i);
            (owner.LastOrder, owner.Retry, owner.Name) = (parts.Ids[i].Last, parts.Sessions[i].Retry, NoteText.Cut(parts.Names[i]));
            Write(owner);
        }
        Write(Owner(CarriedOwner.External, -1));
    }

    private CarriedOwner Owner(ushort number, int strategy) => new()
    {
        Header = CarryOverBegins.NewHeader<CarriedOwner>(MessageType.CarriedOwner),
        Owner = number,
        Fills = parts.Account.Owner(strategy).Fills,
        DeepestDayLossNanos = parts.Account.Owner(strategy).DeepestDayLossNanos,
        Retry = Timestamp.None,
    };

    private void WriteMoney()
    {
        parts.Account.CarryMoney(this);
        for (int strategy = -1; strategy < parts.Sessions.Length; strategy++) parts.Account.CarryLedgers(strategy, this);
        for (int strategy = -1; strategy < parts.Sessions.Length; strategy++) Write(parts.Account.CarryPeak(strategy));
        CarriedAccount account = parts.Account.Carry();
        account.IsReconciled = parts.Recovery.IsSettled ? (byte)1 : (byte)0;
        account.Since = parts.Recovery.Since;
        Write(account);
        parts.Gate.KillSwitch.Carry(this);
        parts.KillWatch?.Carry(this);
    }

    /// <summary>Of the account and the owners, then of their positions. An instrument that was only wanted is not carried: it is looked at anew.</summary>
    private void WriteStates(StateKeeper states, List<InstrumentId> instruments)
    {
        WriteStates(states, InstrumentId.None);
        foreach (InstrumentId instrument in instruments) WriteStates(states, instrument);
    }

    private void WriteStates(StateKeeper states, InstrumentId instrument)
    {
        for (int owner = -1; owner < parts.Sessions.Length; owner++)
            if (states.TryCarry(owner, instrument, out CarriedRiskState carried)) Write(carried);
    }

    private void WriteOrder(Order order)
    {
        CarriedOrder carried = order.Carry();
        parts.Sessions[order.Strategy].Carry(order, ref carried);
        parts.Recovery.Carry(order, ref carried);
        Write(carried);
    }

    private void Close()
    {
        Span<byte> block = CollectionsMarshal.AsSpan(_block);
        MemoryMarshal.AsRef<CarryOverBegins>(block).Count = _count + 1;
        Write(EndOf(block, _count + 1));
    }

    /// <summary>The message that closes a block.</summary>
    /// <param name="block">All messages before it.</param>
    internal static CarryOverEnds EndOf(ReadOnlySpan<byte> block, uint count)
    {
        Hash128 hash = Xxh3.Hash128(block);
        return new CarryOverEnds
        {
            Header = CarryOverBegins.NewHeader<CarryOverEnds>(MessageType.CarryOverEnds),
            Count = count,
            HashHigh = hash.High,
            HashLow = hash.Low,
        };
    }

    private void HandOn(IMessageSink sink)
    {
        // Whoever takes them as messages needs them aligned, which a list's bytes are not promised to be.
        long[] aligned = new long[_block.Count / sizeof(long)];
        Span<byte> rest = MemoryMarshal.AsBytes(aligned.AsSpan());
        CollectionsMarshal.AsSpan(_block).CopyTo(rest);
        for (int length; !rest.IsEmpty; rest = rest[length..])
        {
            length = Messages.Header(rest).Length;
            sink.Write(rest[..length]);
        }
    }
}
