using Fathom.Analytics.PostTrade;
using Fathom.Domain;

namespace Fathom.Tests.Analytics.PostTrade;

public sealed class TwinJournalTests
{
    [Fact]
    public void Entries_move_balances_only_where_they_add_up_to_zero()
    {
        TwinJournal journal = new();
        journal.Post((TwinAccount.Cash, 7), (TwinAccount.Realized, -9), (TwinAccount.Fees, 2));

        Assert.Throws<InvariantException>(() => journal.Post((TwinAccount.Cash, 7), (TwinAccount.Realized, -8)));
        Assert.Equal((7, -9, 2), (journal[TwinAccount.Cash], journal[TwinAccount.Realized], journal[TwinAccount.Fees]));
    }
}
