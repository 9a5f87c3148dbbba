using Fathom.Simulation.Faults;

namespace Fathom.Scenarios.Pages.WhatHappensWhen;

/// <summary>The failures of the page, in its order.</summary>
internal static class FailureList
{
    public static IReadOnlyList<Failure> All { get; } =
    [
        new("acceptance-lost", "The acknowledgement of an order is lost, and the order lives",
            "The venue took the order; its answer never came. After `creation_timeout` the order is `unknown`: it still counts in full against every limit, and the venue is asked. The answer says that it is open, and it is open from there on.",
            "orders.creation_timeout", "orders.query_timeout")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m)],
            Faults = [(1_000, FaultKind.AcceptanceLost, 0)],
            End = 14_000,
        },
        new("order-lost", "An order is lost on its way",
            "From here it looks like the last one: no answer. But the venue says that it does not know the order, and it says so at a time at which it would no longer take it (`command_lifetime`). Only so is it certain that the order cannot come to life later: it has `failed`, and what it reserved is free.",
            "orders.creation_timeout", "orders.command_lifetime")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m)],
            Faults = [(1_000, FaultKind.CommandLost, 0)],
            End = 14_000,
        },
        new("cancel-lost", "A cancel is lost",
            "The order goes on living at the venue, and may be filled. After `cancel_timeout` it is `unknown`; the venue says that it is open, and a strategy that still wants it gone cancels it again.",
            "orders.cancel_timeout")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m), ScriptLine.Cancel(2_000, 0), ScriptLine.Cancel(9_000, 0)],
            Faults = [(2_000, FaultKind.CommandLost, 0)],
            End = 10_000,
        },
        new("fill-before-acknowledgement", "A fill comes before the acknowledgement",
            "Reports may overtake each other. A fill of an order that nobody has acknowledged is a fill all the same: the position moves at once. The acknowledgement that comes later is older than what is known, and changes nothing.")
        {
            Script = [ScriptLine.Buy(1_000, 2, 100.00m)],
            Faults = [(1_000, FaultKind.FillBeforeAcceptance, 3_000)],
            Sells = [(1_400, 1)],
            End = 3_000,
        },
        new("fill-after-cancel", "A fill comes after the cancel",
            "The venue filled a part before it canceled the rest, and the fill travels slower. The cancel says how much was filled, which is more than has come: a report is under way or lost, so the order is `unknown` and not over. The fill settles it: the position moves, and the order is `canceled after partial fill`. Had it stayed away, the venue would have been asked.",
            "orders.query_timeout", "orders.gap_patience")
        {
            Script = [ScriptLine.Buy(1_000, 2, 100.00m), ScriptLine.Cancel(1_402, 0), ScriptLine.Buy(3_000, 1, 99.99m)],
            Faults = [(1_395, FaultKind.FillAfterEnd, 3_000)],
            Sells = [(1_400, 1)],
            End = 4_000,
        },
        new("fill-during-replace", "An order fills while its replacement is on its way",
            "While a replacement is on its way the order counts as the worse of what it was and what it may become. It fills as it was; the venue then refuses the replacement, and that is no surprise.",
            "orders.replace_timeout")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m), ScriptLine.Replace(2_000, 0, 99.99m, 3)],
            Faults = [(2_000, FaultKind.FillBeforeReplacement, 2_000)],
            Sells = [(2_300, 1)],
            End = 4_000,
        },
        new("false-reject", "An order is rejected, and lives",
            "A gateway says no although the venue said yes. The acknowledgement that follows speaks of an order that is over: the venue is asked about it by name. It lives, so it is taken back under its strategy's name and canceled, for its owner has gone on as if it were not there. Until an operator lets it go on, the strategy may only reduce.",
            "orders.anomaly_reduce_only")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m)],
            Faults = [(1_000, FaultKind.FalseReject, 0)],
            End = 5_000,
        },
        new("disconnect", "The connection is lost, and the order fills behind our back",
            "While the connection is down the account may only reduce, and orders with a request under way are `unknown`. When it is back the venue is asked for all that it has: the fill that nobody told us is booked, the order is filled, and only then may positions grow again.",
            "orders.query_timeout", "orders.reconcile_every")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m)],
            Faults = [(2_000, FaultKind.Disconnect, 4_000)],
            Sells = [(3_000, 1)],
            End = 8_000,
        },
        new("duplicate-execution", "An execution is reported twice",
            "Each execution has an id of its own, and counts once, however often it is told.")
        {
            Script = [ScriptLine.Buy(1_000, 2, 100.00m)],
            Faults = [(1_200, FaultKind.ReportDuplicated, 800)],
            Sells = [(1_400, 1)],
            End = 3_000,
        },
        new("report-lost", "A fill is lost on its way",
            "The reports of a venue are numbered. When the next one comes, one is missing; it may only be late, so it is waited for (`gap_patience`). Then the venue is asked for all that it has, and the fill is found.",
            "orders.gap_patience")
        {
            Script = [ScriptLine.Buy(1_000, 2, 100.00m), ScriptLine.Buy(2_000, 1, 99.99m)],
            Faults = [(1_200, FaultKind.ReportLost, 0)],
            Sells = [(1_400, 1)],
            End = 5_000,
        },
        new("bust", "The venue takes an execution back",
            "The position, the cost and the fee go back as if it had not happened, and it is told as an anomaly. The order stays filled: it is over, whatever becomes of its executions.")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m)],
            Faults = [(3_000, FaultKind.Bust, 0)],
            Sells = [(1_400, 1)],
            End = 5_000,
        },
        new("restart", "The engine is killed",
            "Here while a fill is on its way to it, which is lost. It is rebuilt by replay of what it was fed, to the last bit, with the way to the venue closed. Then it is connected, the venue is asked for all that it has, the fill is found, and only then may positions grow again.",
            "orders.query_timeout")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m)],
            Faults = [(1_402, FaultKind.Restart, 0)],
            Sells = [(1_400, 1)],
            End = 4_000,
        },
        new("external-order", "Somebody places an order by hand",
            "On the same account, past the engine. A report of an order that is not ours makes everything doubtful: the venue is asked for all that it has, and the order is adopted as external. What it may still fill counts against the account's limits, and what it fills moves the account's external position, no strategy's own.")
        {
            Script = [ScriptLine.Buy(1_000, 1, 100.00m)],
            Faults = [(2_000, FaultKind.ExternalOrder, 0), (3_000, FaultKind.ExternalOrder, 2)],
            End = 4_000,
        },
    ];
}
