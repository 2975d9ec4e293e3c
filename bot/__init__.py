"""The house that members enter: chat surfaces, conversation and the command line."""
