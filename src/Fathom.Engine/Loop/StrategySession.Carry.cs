using Fathom.Domain.Messages;
using Fathom.Domain.Ports;
using Fathom.Domain.Values;
using Fathom.Engine.Orders;

namespace Fathom.Engine.Loop;

/// <summary>What a session roll carries of it: what the strategy stored, and what is kept about its orders. Fields, timers, ladders, targets and signals are stated anew.</summary>
internal sealed partial class StrategySession
{
    /// <summary>When an order in line is to be looked at again.</summary>
    public Timestamp Retry { get => _orders.Retry; set => _orders.Retry = value; }

    public void CarryStore(ushort number, IMessageSink sink)
    {
        foreach ((string key, Decisions.StoredValue value) in Store)
        {
            ContextValue message = value.ToMessage(number, key);
            sink.Write(Messages.AsBytes(in message));
        }
    }

    public void CarryLists(IMessageSink sink) => _orders.CarryLists(sink);

    public void Carry(Order order, ref CarriedOrder carried) => _orders.Carry(order, ref carried);

    public void Restore(in CarriedOrderList list) => _orders.Restore(in list);

    public void Restore(Order order, in CarriedOrder carried) => _orders.Restore(order, in carried);

    public void CompleteRestore() => _orders.CompleteRestore();
}
