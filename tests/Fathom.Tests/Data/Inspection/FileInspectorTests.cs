using System.Security.Cryptography;
using Fathom.Data.Dbn;
using Fathom.Data.Inspection;
using Fathom.Tests.Data.Dbn;

namespace Fathom.Tests.Data.Inspection;

public class FileInspectorTests
{
    [Fact]
    public void It_counts_types_actions_and_instruments_and_hashes_the_stored_bytes()
    {
        byte[] bytes = DbnBuilder.WithHeader(mappings: ("ESM4", [(19700101, 20240509, "7")]))
            .Add(DbnBuilder.Mbo(10, 20, action: 'A')).Add(DbnBuilder.Mbo(11, ulong.MaxValue, action: 'C')).Add(DbnBuilder.Mbo(12, 22, action: 'A', instrument: 8))
            .Add(DbnBuilder.Definition(23, "ESU4", instrument: 9)).Add(DbnBuilder.Record(0x17, 320)).ToArray();
        using TemporaryFile file = new(bytes);
        using FileInspector inspector = FileInspector.Open(file.Path, DbnReadOptions.Default);

        FileSummary summary = inspector.Read(stop: TestContext.Current.CancellationToken);

        Assert.Equal(5, summary.Records);
        Assert.Equal([(DbnRecordType.Mbo, 3L), (DbnRecordType.Definition, 1L), (DbnRecordType.System, 1L)], summary.ByType);
        Assert.Equal([('A', 2L), ('C', 1L)], summary.ByAction);
        Assert.Equal([new InstrumentSummary(1, 7, "ESM4", 2), new InstrumentSummary(1, 8, "8", 1), new InstrumentSummary(1, 9, "ESU4", 1)], summary.Instruments);
        Assert.Equal(20, summary.First.Nanos);
        Assert.Equal(23, summary.Last.Nanos);
        Assert.Equal(bytes.Length, summary.StoredBytes);
        Assert.Equal(bytes.Length, summary.Bytes);
        Assert.Equal("sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes)), summary.ContentHash);
    }

    [Fact]
    public void Times_that_go_back_and_forth_over_a_mapping_s_bound_make_no_new_instruments()
    {
        const ulong day = 86_400_000_000_000;
        DbnBuilder file = DbnBuilder.WithHeader(mappings: [("OLD", [(19700101, 19700102, "7")]), ("NEW", [(19700102, 19700103, "7")])]);
        for (int i = 0; i < 10; i++) file.Add(DbnBuilder.Mbo(day - 1, day - 1)).Add(DbnBuilder.Mbo(day, day));
        using TemporaryFile stored = new(file.ToArray());
        using FileInspector inspector = FileInspector.Open(stored.Path, DbnReadOptions.Default);

        FileSummary summary = inspector.Read(stop: TestContext.Current.CancellationToken);

        Assert.Equal([new InstrumentSummary(1, 7, "OLD", 10), new InstrumentSummary(1, 7, "NEW", 10)], summary.Instruments);
    }
}
