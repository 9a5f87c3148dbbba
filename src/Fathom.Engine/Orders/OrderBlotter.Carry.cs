using Fathom.Domain;
using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;

namespace Fathom.Engine.Orders;

/// <summary>What a session roll carries of it: the live orders, and which executions were booked.</summary>
public sealed partial class OrderBlotter
{
    /// <summary>Orders taken so far, held ones included.</summary>
    internal long TakenCount => _taken;

    /// <param name="numbers">Up to which number all reports of a venue have come.</param>
    internal void CarryExecutions(IReadOnlyDictionary<ushort, long> numbers, IMessageSink sink)
    {
        SortedSet<ushort> sources = [.. _executions.Keys, .. numbers.Keys];
        foreach (ushort source in sources)
        {
            Carry(source, _executions.TryGetValue(source, out SeenExecutions? seen) ? seen : new SeenExecutions(), numbers.GetValueOrDefault(source), sink);
            CarryOvertaken(source, sink);
        }
    }

    /// <summary>Each by itself, for they are few: those that were changed before they came.</summary>
    private void CarryOvertaken(ushort source, IMessageSink sink)
    {
        (ushort Source, ExecutionId Id)[] keys = [.. _overtaken.Keys];
        Array.Sort(keys, static (left, right) => (left.Id.High, left.Id.Low).CompareTo((right.Id.High, right.Id.Low)));
        foreach ((ushort Source, ExecutionId Id) key in keys)
        {
            if (key.Source != source) continue;
            CarriedExecutions carried = new()
            {
                Header = CarryOverBegins.NewHeader<CarriedExecutions>(MessageType.CarriedExecutions),
                ReportNumber = _overtaken[key],
                Count = 1,
                AreOvertaken = 1,
            };
            carried.Header.Source = source;
            carried.Others[0] = key.Id;
            sink.Write(Messages.AsBytes(in carried));
        }
    }

    internal void RestoreTaken(long taken) => _taken = taken;

    /// <summary>Goes on with a live order of an earlier session. Orders of one instrument come in the order of approval.</summary>
    internal Order Restore(in CarriedOrder carried)
    {
        Order order = _unused.Count > 0 ? _unused.Pop() : new Order();
        order.Restore(in carried);
        bool isNew = _live.TryAdd(order.Id, order);
        Invariant.Require(isNew && IsOurs(order.Id) && !order.Status.IsTerminal(), "a carried order lives, and one of our strategies gave it its name");
        Append(order);
        Reserve(order);
        if (order.IsInDoubt) UnknownCount++;
        return order;
    }

    internal void Restore(in CarriedExecutions carried)
    {
        ReadOnlySpan<ExecutionId> others = carried.Others;
        if (carried.AreOvertaken != 0)
        {
            foreach (ExecutionId id in others[..Math.Min(carried.Count, others.Length)]) _overtaken[(carried.Header.Source, id)] = carried.ReportNumber;
            return;
        }
        SeenOf(carried.Header.Source).Restore(carried.AllUpTo, others[..Math.Min(carried.Count, others.Length)]);
    }

    private static void Carry(ushort source, SeenExecutions seen, long number, IMessageSink sink)
    {
        ReadOnlySpan<ExecutionId> others = seen.Others();
        do
        {
            int count = Math.Min(others.Length, CarriedExecutionIds.Length);
            CarriedExecutions carried = new()
            {
                Header = CarryOverBegins.NewHeader<CarriedExecutions>(MessageType.CarriedExecutions),
                AllUpTo = seen.AllUpTo,
                ReportNumber = number,
                Count = (ushort)count,
            };
            carried.Header.Source = source;
            others[..count].CopyTo(carried.Others);
            sink.Write(Messages.AsBytes(in carried));
            others = others[count..];
        }
        while (!others.IsEmpty);
    }
}
