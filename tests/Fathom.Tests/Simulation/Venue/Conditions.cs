using Fathom.Domain.Messages;
using Fathom.Domain.Values;

namespace Fathom.Tests.Simulation.Venue;

/// <summary>What makes an order wait, end, reduce or belong to a list; prices in whole units.</summary>
internal static class Conditions
{
    public static Action<OrderCommandBox> Stop(long trigger, TriggerSource source = TriggerSource.None) => box =>
    {
        box.Command.Type = OrderType.Stop;
        box.Command.Price = Price.None;
        box.Command.Flags &= ~OrderFlags.PostOnly;
        box.Command.TriggerPrice = new Price(trigger * Price.Scale);
        box.Command.TriggerSource = source;
    };

    /// <summary>The limit is the price with which it is submitted.</summary>
    public static Action<OrderCommandBox> StopLimit(long trigger, TimeInForce timeInForce = TimeInForce.GoodTillCancel) => box =>
    {
        box.Command.Type = OrderType.StopLimit;
        box.Command.TimeInForce = timeInForce;
        box.Command.TriggerPrice = new Price(trigger * Price.Scale);
    };

    public static Action<OrderCommandBox> Trail(long offset, long? trigger = null, TriggerSource source = TriggerSource.None) => box =>
    {
        Stop(trigger ?? 0, source)(box);
        box.Command.Type = OrderType.Trailing;
        box.Command.TrailOffset = new Price(offset * Price.Scale);
    };

    public static Action<OrderCommandBox> Market => box =>
    {
        box.Command.Type = OrderType.Market;
        box.Command.Price = Price.None;
        box.Command.Flags &= ~OrderFlags.PostOnly;
    };

    public static Action<OrderCommandBox> ReduceOnly => box => box.Command.Flags |= OrderFlags.ReduceOnly;

    public static Action<OrderCommandBox> Day => box => box.Command.TimeInForce = TimeInForce.Day;

    public static Action<OrderCommandBox> Until(long time) => box =>
    {
        box.Command.TimeInForce = TimeInForce.GoodTillDate;
        box.Command.ExpireTime = new Timestamp(time);
    };

    public static Action<OrderCommandBox> Parent(ulong list = 1) => In(Contingency.OneTriggersOther, list);

    public static Action<OrderCommandBox> Oco(ulong list = 1) => In(Contingency.OneCancelsOther, list);

    public static Action<OrderCommandBox> Ouo(ulong list = 1) => In(Contingency.OneUpdatesOther, list);

    private static Action<OrderCommandBox> In(Contingency contingency, ulong list) => box =>
    {
        box.Command.ListId = list;
        box.Command.Contingency = contingency;
    };
}
