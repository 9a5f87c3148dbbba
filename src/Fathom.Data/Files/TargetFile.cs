using Fathom.Domain;

namespace Fathom.Data.Files;

/// <summary>A file being written under a temporary name beside its target, so that the target is either whole or not there.</summary>
internal sealed class TargetFile : IByteTarget
{
    private readonly string _path;
    private readonly string _temporaryPath;
    private readonly FileStream _stream;
    private bool _isComplete;

    /// <exception cref="InputException">The place cannot be written to.</exception>
    public TargetFile(string path)
    {
        _path = path;
        _temporaryPath = path + ".partial";
        if (Directory.Exists(path)) throw new InputException(path, "a directory", "the name of a file to write", "Add a file name.");
        _stream = Guard(() => new FileStream(_temporaryPath, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0));
    }

    /// <exception cref="InputException">The disk is full, or gone.</exception>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        try
        {
            _stream.Write(bytes);
        }
        catch (IOException error)
        {
            throw Failed(error);
        }
    }

    public void Complete()
    {
        Guard(() =>
        {
            _stream.Dispose();
            File.Move(_temporaryPath, _path, overwrite: true);
            return true;
        });
        _isComplete = true;
    }

    public void Dispose()
    {
        _stream.Dispose();
        if (!_isComplete) File.Delete(_temporaryPath);
        _isComplete = true;
    }

    private T Guard<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Failed(error);
        }
    }

    private InputException Failed(Exception error) =>
        new(_path, $"a place that cannot be written ({error.Message})", "a writable folder with room", "Choose another place, or make room.");
}
